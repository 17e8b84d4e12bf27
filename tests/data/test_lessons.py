"""The `lessons` format: what a teacher writes comes in whole, or is refused with the place of the mistake."""

import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.domain import QuestionKind, UserError

LESSON = """
id = "birds"
name = "Birds"
grade = 5
explanation = "Birds have feathers."

[misconceptions]
wings-make-birds = ["takes all that flies for a bird", "Look for feathers."]

[[question]]
id = "bat"
kind = "choice"
text = "Which of these is a bird?"
key = "A penguin"
wrong = [["A bat", "wings-make-birds"], ["A shark", ""]]
hints = ["Wings are not enough."]
steps = ["Birds have feathers.", "Of these only one has: A penguin."]
difficulty = -1.0

[[question]]
id = "cover"
kind = "text"
text = "What covers a bird?"
key = "feathers"
accept = ["plumage"]
steps = ["It is plumage, also called feathers."]

[[question]]
id = "growing"
kind = "order"
text = "In which order does a bird grow up?"
key = "egg, chick, grown bird"
steps = ["The order is: egg, chick, grown bird."]
"""


@pytest.fixture
def read(tmp_path):
    def run(*lessons, **options):
        folder = tmp_path / "zoo"
        folder.mkdir(exist_ok=True)
        for number, text in enumerate(lessons):
            (folder / f"{number}.toml").write_text(text, encoding="utf-8")
        return make_reader("lessons").read([folder], ReadOptions(**options)).bank

    return run


def test_a_lesson_becomes_a_concept_with_its_questions(read):
    bank = read(LESSON)
    (concept,) = bank.concepts
    assert (concept.concept_id, concept.name, concept.grade, concept.explanation) == (
        "birds",
        "Birds",
        5,
        "Birds have feathers.",
    )
    choice, text, order = bank.questions
    assert (choice.kind, choice.key, choice.difficulty) == (QuestionKind.CHOICE, "A penguin", -1.0)
    assert sorted(choice.options) == ["A bat", "A penguin", "A shark"]
    assert [(d.answer, d.misconception_id) for d in choice.distractors] == [("A bat", "wings-make-birds")]
    assert choice.hints == ("Wings are not enough.", "Of these only one has: A penguin.")
    assert (text.kind, text.key, text.accepted, text.options) == (QuestionKind.TEXT, "feathers", ("plumage",), ())
    assert order.ordered
    assert sorted(order.options) == ["chick", "egg", "grown bird"]
    assert order.options != ("egg", "chick", "grown bird")
    assert {question.concepts for question in bank.questions} == {("birds",)}


def test_the_same_folder_gives_the_same_bank_and_other_sources_other_ids(read):
    once = read(LESSON)
    assert read(LESSON) == once
    assert not {q.question_id for q in read(LESSON, source="park").questions} & set(once.question)


def test_a_folder_named_after_a_language_belongs_to_the_one_above(tmp_path, read):
    german = tmp_path / "zoo" / "de"
    german.mkdir(parents=True)
    (german / "birds.toml").write_text('language = "de"\n' + LESSON, encoding="utf-8")
    found = make_reader("lessons").read([german], ReadOptions()).bank
    assert [q.question_id for q in found.questions] == [q.question_id for q in read(LESSON).questions]
    assert {q.language for q in found.questions} == {"de"}


def test_prerequisites_come_first(read):
    flying = LESSON.replace('"birds"', '"flying"').replace("wings-make", "other").replace("Birds", "Flying")
    flying = flying.replace("grade = 5", 'grade = 5\nprerequisites = ["birds"]')
    assert [concept.concept_id for concept in read(flying, LESSON).concepts] == ["birds", "flying"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "choice"', 'kind = "essay"', "'bat' has the kind 'essay'"),
        ('key = "A penguin"', 'answer = "A penguin"', "'bat' has no key"),
        ('"wings-make-birds"]', '"wings"]', "names the misconception 'wings'"),
        ('["A bat", "wings-make-birds"]', '"A bat"', "'bat' holds 'A bat'"),
        ('hints = ["Wings are not enough."]', "hints = [3]", "'bat' has hints = [3]"),
        ('steps = ["The order is: egg, chick, grown bird."]', "", "'growing' has no steps"),
        ('id = "cover"', 'id = "bat"', "is there twice"),
        ('["takes all that flies for a bird", "Look for feathers."]', '["takes all"]', "'wings-make-birds'"),
        ("grade = 5", 'prerequisites = ["fish"]', "Unknown prerequisite 'fish'"),
        ("grade = 5", 'language = "tlh"', "Unknown language 'tlh'"),
        ("grade = 5", "grade 5", "cannot be read"),
        ('name = "Birds"', "", "the lesson has no name"),
    ],
)
def test_mistakes_are_told_with_their_place(read, old, new, told):
    assert old in LESSON
    with pytest.raises(UserError) as caught:
        read(LESSON.replace(old, new))
    assert told in str(caught.value)


def test_one_folder_with_lessons_is_asked_for(tmp_path):
    reader = make_reader("lessons")
    with pytest.raises(UserError, match="2 sources"):
        reader.read([tmp_path, tmp_path], ReadOptions())
    with pytest.raises(UserError, match="holds no lesson"):
        reader.read([tmp_path], ReadOptions())
