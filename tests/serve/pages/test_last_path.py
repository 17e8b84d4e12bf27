from xml.etree import ElementTree

from preceptor.serve.pages.last_path import picture
from preceptor.workflow.views import PathView

SVG = "{http://www.w3.org/2000/svg}"


async def test_the_last_sitting_is_drawn_when_it_is_opened(user, classroom):
    await user.open("/student/s1/map")
    await user.should_not_see("path-scroll")
    user.find(marker="last-path").trigger("toggle")
    await user.should_see("What was asked, and how recall went", retries=10)
    await user.should_see("Equivalent fractions: 42\N{NO-BREAK SPACE}% → 63\N{NO-BREAK SPACE}%")


async def test_without_answers_there_is_no_picture(user, classroom, monkeypatch):
    monkeypatch.setattr(classroom, "last_path", lambda student_id, at_seconds: PathView(False, (), ()))
    await user.open("/student/s1/map")
    user.find(marker="last-path").trigger("toggle")
    await user.should_see("No answers yet.", retries=10)


def test_a_line_and_a_row_for_each_concept(classroom):
    path = classroom.last_path("s1", 0.0)
    root = ElementTree.fromstring(picture(path))
    assert len(root.findall(f"{SVG}polyline")) == len(path.concepts) == 2
    cells = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") != "page"]
    assert len(cells) == sum(len(step.concepts) for step in path.steps)
    right = sum(len(step.concepts) for step in path.steps if step.correct >= 0.5)
    assert sum(cell.get("class") == "right" for cell in cells) == right
    assert not root.findall(f"{SVG}style")
