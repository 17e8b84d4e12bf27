import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Distractor, Interaction, Misconception, Outcome, Question, QuestionKind
from preceptor.evaluate.memory_retrieval import (
    CONCEPT,
    KINDS,
    MISCONCEPTION,
    Asked,
    found_rates,
    wrong_answers_to_remember,
)

HOUR = 3_600.0


@pytest.fixture(scope="module")
def bank() -> Bank:
    concepts = (Concept("add", "Adding"), Concept("area", "Area"))
    questions = (
        Question("a1", "1 + 1", QuestionKind.NUMBER, "2", ("add",), distractors=(Distractor("11", "glues"),)),
        Question("a2", "2 + 2", QuestionKind.NUMBER, "4", ("add",), distractors=(Distractor("22", "glues"),)),
        Question("b1", "an area", QuestionKind.NUMBER, "9", ("area",)),
    )
    return Bank(concepts, questions, (Misconception("glues", "add", "puts digits together", "Add them."),))


def history(*answers: tuple[str, str, float]) -> list[Interaction]:
    """Question, response ("" is right, "?" not known) and hours."""
    outcome = {"": Outcome.CORRECT, "?": Outcome.DONT_KNOW}
    return [
        Interaction(f"e{i}", "s", question, "r", float(not said), i, hours * HOUR, said,
                    outcome=outcome.get(said, Outcome.WRONG))
        for i, (question, said, hours) in enumerate(answers)
    ]  # fmt: skip


def drawn(bank, *answers, most=9):
    return wrong_answers_to_remember(history(*answers), bank, 0, most, np.random.default_rng(0))


def test_the_latest_answer_with_the_same_misconception_is_wanted_whatever_the_question(bank):
    found = drawn(bank, ("a1", "11", 0), ("a1", "11", 5), ("a2", "7", 9), ("a2", "22", 20))
    assert Asked(0, 3, 1, MISCONCEPTION) in found


def test_without_a_misconception_the_latest_miss_on_the_concept_is_wanted(bank):
    found = drawn(bank, ("b1", "?", 0), ("a1", "3", 3), ("b1", "", 5), ("b1", "8", 9))
    assert found == [Asked(0, 3, 0, CONCEPT)]


def test_what_happened_within_the_hour_is_not_wanted_and_right_answers_ask_for_nothing(bank):
    assert drawn(bank, ("b1", "8", 0), ("b1", "7", 0.5), ("b1", "", 9)) == []
    assert drawn(bank, ("b1", "8", 0), ("b1", "7", 0.5), ("b1", "6", 1.2)) == [Asked(0, 2, 0, CONCEPT)]


def test_only_so_many_are_drawn_of_a_student(bank):
    found = drawn(bank, *(("b1", "8", 2 * i) for i in range(20)), most=4)
    assert len(found) == len(set(found)) == 4


def test_students_count_alike_and_gains_are_paired():
    asked = [Asked(0, i, 0, CONCEPT) for i in range(9)] + [Asked(1, 1, 0, CONCEPT)]
    hits = {"all of one": np.array([True] * 9 + [False]), "never": np.zeros(10, dtype=bool)}
    found = found_rates(asked, hits, "never", np.random.default_rng(0))
    assert set(found) == {CONCEPT} < set(KINDS)
    rows = {row["name"]: row for row in found[CONCEPT]["rows"]}
    assert (found[CONCEPT]["students"], found[CONCEPT]["answers"]) == (2, 10)
    assert rows["all of one"]["found"]["mean"] == rows["all of one"]["gain"]["mean"] == 0.5
    assert rows["never"]["gain"]["ci95"] == (0, 0)
