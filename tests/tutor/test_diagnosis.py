import pytest

from preceptor.domain import Bank, Concept, Distractor, Interaction, Misconception, Outcome, Question, QuestionKind
from preceptor.tutor.diagnosis import misconception_of


@pytest.mark.parametrize(
    ("kind", "language", "key", "wrong", "response"),
    [
        (QuestionKind.NUMBER, "en", "3/4", "1/4", "0.25"),
        (QuestionKind.NUMBER, "de", "3.5", "0.35", "0,35"),
        (QuestionKind.QUANTITY, "en", "48 cm^2", "28 cm", "0.28 m"),
        (QuestionKind.FRACTION, "en", "7/12", "2/7", "2/7"),
        (QuestionKind.SOLUTIONS, "en", "{3}", "{-3}", "x = -3"),
        (QuestionKind.SOLUTIONS, "de", "{3}", "{}", "keine Lösung"),
        (QuestionKind.ORDER, "de", "-1.5, 2", "2, -1.5", "2; -1,5"),
        (QuestionKind.EXPRESSION, "en", "x+1", "x-1", "x - 1"),
        (QuestionKind.CHOICE, "en", "a kite", "a square", "a  square"),
    ],
)
def test_a_stored_wrong_answer_is_recognised_in_any_form(kind, language, key, wrong, response):
    options = {QuestionKind.CHOICE: ("a square", "a kite"), QuestionKind.ORDER: ("2", "-1.5")}.get(kind, ())
    cause = (Distractor(wrong, "m"), Distractor("7", "gone"))
    question = Question("q", "", kind, key, ("c",), options=options, distractors=cause, language=language)
    bank = Bank((Concept("c", "C"),), (question,), (Misconception("m", "c", "mixes it up", "Look again."),))

    def found(text, outcome=Outcome.WRONG):
        event = Interaction("e", "s", "q", question.revision, 0.0, 0, None, response=text, outcome=outcome)
        return misconception_of(bank, event)

    assert found(response) == "m"
    assert found(wrong) == "m"
    assert found("99") == ""
    assert found(response, Outcome.CORRECT) == ""
