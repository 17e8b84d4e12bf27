"""The pages of a German course hold no English."""

import asyncio
import dataclasses
import re
from html import unescape

import pytest

from preceptor.domain import UserError
from preceptor.language import catalogue
from preceptor.serve import DONT_KNOW
from preceptor.workflow.views import ConceptView, TutorMessage

SENTENCES = catalogue("preceptor.serve", "de").sentences
TEXT_PROPS = ("innerHTML", "aria-label", "placeholder", "label", "title", "data-label")
OWN_WORDS = {"preceptor", "csv"}


def _vocabulary(texts) -> set[str]:
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", "", text).lower())}


TEACHER = ("teacher", "teacher/class", "teacher/questions", "teacher/concepts", "teacher/concepts/k4")
ENGLISH = _vocabulary(SENTENCES) - _vocabulary(SENTENCES.values()) - OWN_WORDS


def _plain(value):
    """A view of a German course with its prose replaced: what the course says is not what the pages say."""
    if isinstance(value, str):
        prose = value[:1].isupper() or any(sign in value for sign in " $.")
        return "de" if value == "en" else "Inhalt" if prose else value
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if dataclasses.is_dataclass(value):
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


class GermanClassroom:
    """The scripted class in a German course whose own texts are all "Inhalt"."""

    course_name, language = "Mathe", "de"

    def __init__(self, scripted):
        self.scripted = scripted

    def __getattr__(self, name):
        verb = getattr(self.scripted, name)
        if name == "review":
            return GermanClassroom(verb)
        return (lambda *args, **kwargs: _plain(verb(*args, **kwargs))) if callable(verb) else verb


@pytest.fixture
def classroom(classroom):
    return GermanClassroom(classroom)


def shown(user) -> set[str]:
    found = set()
    for element in user.client.elements.values():
        texts = [str(element.props.get(name, "")) for name in TEXT_PROPS]
        texts.append(str(getattr(element, "text", "")))
        found |= {unescape(re.sub(r"<[^>]*>", " ", text)) for text in texts}
        found |= set(re.findall(r'aria-label="([^"]*)"', texts[0]))
    return found | set(user.notify.messages)


def english(user) -> set[str]:
    return _vocabulary(shown(user)) & ENGLISH


def test_the_vocabulary_would_be_found():
    assert {"the", "you", "answers", "skip", "recall", "yesterday"} <= ENGLISH


@pytest.mark.parametrize("page", ["", "student/s1", "student/s1/tutor", "student/s1/map", "student/x7"])
async def test_student_pages_hold_no_english(user, page):
    client = await user.open(f"/{page}")
    assert len(shown(user)) > 8
    assert english(user) == set()
    assert '<html lang="de"' in client.build_response(client.request).body.decode()


@pytest.mark.parametrize("page", TEACHER)
async def test_teacher_pages_hold_no_english(user, classroom, page):
    classroom.report_key("s1", "q0", "", 0.0)
    classroom.exclude("q1", "", 0.0)
    classroom.review.remove("a4", "k4", 0.0)
    await user.open(f"/{page}")
    assert english(user) == set()


async def test_a_sitting_holds_no_english(user, clock):
    await user.open("/student/s1")
    user.find(marker="check").click()
    await user.should_see("Gib zuerst eine Antwort ein")
    user.find(marker="hint").click()
    user.find(marker="why").trigger("toggle")
    await user.should_see("+2,4 Punkte", retries=10)
    await user.should_see("richtig, vor 3 Tagen")
    assert english(user) == set()
    user.find(marker="answer").type("3/8")
    await user.should_see("Ich lese das als", retries=10)
    user.find(marker="check").click()
    await user.should_see("Nicht ganz", retries=10)
    await user.should_see("62\xa0% → 55\xa0% (7 Punkte weniger)")
    assert english(user) == set()
    user.find(marker="report-send").click()
    await user.should_see("Danke. Deine Lehrkraft", retries=10)
    for _ in range(4):
        user.find(marker="next").click()
        await user.should_see(marker="dont-know", retries=10)
        user.find(marker="dont-know").click()
        await user.should_see("Gut zu wissen", retries=10)
        assert english(user) == set()
    user.find(marker="next").click()
    await user.should_see("Du hast 5 Aufgaben beantwortet und 0 von 5 Punkten geholt.", retries=10)
    assert english(user) == set()


async def test_putting_in_order_holds_no_english(user, classroom):
    classroom.people["s1"].position = 5
    await user.open("/student/s1")
    user.find(marker="down-1").click()
    await asyncio.sleep(0.05)
    assert any("nach unten schieben" in text for text in shown(user))
    assert english(user) == set()


async def test_not_knowing_is_told_to_the_tutor_in_german(user, classroom):
    said = TutorMessage("tutor", "Hallo", ("e1",)), TutorMessage("student", DONT_KNOW)
    turn = dataclasses.replace(classroom.tutor_open("s1", 0.0), messages=said, question=None)
    classroom.tutor_open = lambda *_: turn
    await user.open("/student/s1/tutor")
    await user.should_see("Weiß ich nicht")
    await user.should_see("Gerade ist keine Aufgabe offen")
    assert english(user) == set()


async def test_every_state_of_a_concept_is_told_in_german(user, classroom):
    student = classroom.student("s1", 0.0)
    empty = dataclasses.replace(student, concepts=())
    left_out = dataclasses.replace(student, time_model="none", knows_time=False)
    timeless = dataclasses.replace(left_out, timed=False, concepts=tuple(map(_ungraded, student.concepts)))
    for seen in (empty, left_out, timeless):
        classroom.student = lambda *_, seen=seen: seen
        await user.open("/student/s1/map")
        assert english(user) == set()


def _ungraded(concept: ConceptView) -> ConceptView:
    return dataclasses.replace(concept, grade=None)


async def test_mistakes_are_told_in_german(user, classroom):
    await user.open("/student/x7")
    await user.should_see("„x7“ gibt es in diesem Kurs nicht.")

    def refuse(*_):
        raise UserError("This name cannot be used.", mend="choose another name")

    classroom.add_student = refuse
    await user.open("/")
    user.find(marker="start").click()
    await user.should_see("Dieser Name geht leider nicht. So klappt es: nimm einen anderen Namen.", retries=10)


async def test_what_a_review_refuses_is_told_in_german(user, classroom):
    await user.open("/teacher/concepts/k4")
    user.find(marker="split").click()
    await user.should_see(marker="part-name", retries=10)
    user.find(marker="part-name").type("Neu")
    user.find(marker="move-ticked").click()
    await user.should_see("Keine Aufgabe ist angekreuzt.", retries=10)
    assert english(user) == set()


async def test_large_numbers_are_written_as_in_german_schools(user, classroom):
    classroom.people["s1"].answers = 12_345
    await user.open("/student/s1/map")
    await user.should_see("12\N{NARROW NO-BREAK SPACE}345 Antworten")
