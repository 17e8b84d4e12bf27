from dataclasses import replace

from preceptor.domain import Question, QuestionKind, Step

QUESTION = Question("q", "Add.", QuestionKind.EXPRESSION, "2*x", ("c",), steps=(Step("Add.", ("c",), "2*x"),))


def test_revisions_never_change_because_logs_on_disk_hold_them():
    assert QUESTION.revision == "ra2401c55112d97e2c531"


def test_asking_for_a_form_is_another_revision():
    assert replace(QUESTION, simplest=True).revision != QUESTION.revision


def test_other_accepted_wordings_are_another_revision():
    assert replace(QUESTION, accepted=("seven",)).revision != QUESTION.revision
    assert replace(QUESTION, accepted=("seven",)).revision != replace(QUESTION, accepted=("VII",)).revision


def test_a_single_option_is_no_guess():
    choice = replace(QUESTION, kind=QuestionKind.CHOICE, key="A", options=("A", "B"))
    assert choice.guess_probability == 0.5
    assert replace(choice, options=("A",)).guess_probability is None
