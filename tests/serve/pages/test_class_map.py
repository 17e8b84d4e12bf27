from dataclasses import replace

import pytest

from preceptor.serve.pages.class_map import _advice, _band


async def test_map_and_table_show_the_same_class(user):
    await user.open("/teacher/class")
    await user.should_see("34 concepts · 40 students")
    await user.should_see("Most of the class would gain")
    await user.should_not_see("Students below half")
    user.find(marker="show-1").click()
    await user.should_see("Students below half", retries=10)
    user.find(marker="show-0").click()
    await user.should_not_see("Students below half", retries=10)


async def test_a_tile_opens_the_concept(user):
    await user.open("/teacher/class")
    user.find(marker="concept-c5").click()
    await user.should_see("4.A.5 · Grade 4", retries=10)


async def test_a_class_without_students(user, classroom):
    classroom.people.clear()
    await user.open("/teacher/class")
    await user.should_see("Nothing to show yet")


@pytest.mark.parametrize(("recall", "band"), [(0.49, "weak"), (0.5, "fading"), (0.65, "steady"), (0.8, "strong")])
def test_bands(classroom, recall, band):
    assert _band(replace(classroom.class_map(0.0)[0], mean_recall=recall)) == band


@pytest.mark.parametrize(
    ("below", "told"), [(20, "Most of the class"), (1, "1 student would"), (0, "Everyone is above one half")]
)
def test_advice(classroom, below, told):
    concept = replace(classroom.class_map(0.0)[0], below_half=below)
    assert _advice(concept).startswith(told)
