from dataclasses import replace

from preceptor.workflow.views import StudentView


async def test_the_map_opens_on_the_most_urgent_concept(user):
    await user.open("/student/s1/map")
    await user.should_see("Ben B.'s map")
    await user.should_see("Grade 4")
    await user.should_see("Grade 7")
    await user.should_see("Review due")
    await user.should_see("Recall if you do not practise:")
    await user.should_see('class="links"')


async def test_a_tile_opens_its_forecast(user):
    await user.open("/student/s1/map")
    tile = user.find(marker="concept-c8")
    tile.click()
    await user.should_see("5.NF.8", retries=10)
    await user.should_see("Builds on")
    await user.should_see("Recall without practice:")
    assert next(iter(tile.elements)).props["aria-pressed"] == "true"


async def test_a_concept_not_tried_says_so(user):
    await user.open("/student/s1/map")
    user.find(marker="concept-c33").click()
    await user.should_see("Not practised yet.", retries=10)


async def test_without_times_nothing_is_forecast(user, classroom, monkeypatch):
    timeless = replace(classroom.student("s1", 0.0), time_model="none", knows_time=False, timed=False)
    monkeypatch.setattr(classroom, "student", lambda student_id, at_seconds: timeless)
    await user.open("/student/s1/map")
    await user.should_see("This log has no times")
    await user.should_not_see("Recall if you do not practise:")


async def test_a_tracer_that_knows_time_itself_forecasts_without_a_curve(user, classroom, monkeypatch):
    itself = replace(classroom.student("s1", 0.0), time_model="none")
    monkeypatch.setattr(classroom, "student", lambda student_id, at_seconds: itself)
    await user.open("/student/s1/map")
    await user.should_see("Recall if you do not practise:")
    await user.should_not_see("nothing is known about forgetting")


async def test_times_that_the_model_leaves_out_are_not_called_missing(user, classroom, monkeypatch):
    left_out = replace(classroom.student("s1", 0.0), time_model="none", knows_time=False)
    monkeypatch.setattr(classroom, "student", lambda student_id, at_seconds: left_out)
    await user.open("/student/s1/map")
    await user.should_see("This course's model leaves times out")
    await user.should_not_see("This log has no times")


async def test_a_course_without_concepts(user, classroom, monkeypatch):
    nothing = StudentView("s1", "Ben", 0, 0.0, "none", False, False, ())
    monkeypatch.setattr(classroom, "student", lambda student_id, at_seconds: nothing)
    await user.open("/student/s1/map")
    await user.should_see("Nothing on the map yet")


async def test_an_unknown_student_gets_a_way_back(user):
    await user.open("/student/nobody/map")
    await user.should_see("Unknown student")
