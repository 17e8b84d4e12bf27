"""A division by 0 is handed back, never graded."""

import pytest

from preceptor.answers import VerdictOutcome, Worker, check
from preceptor.domain import Question, QuestionKind


@pytest.mark.parametrize("response", ["1/0", "3/(2-2)", "0/0"])
def test_what_has_no_value_is_not_scored(response):
    question = Question("q", "Work out $2 + 3$.", QuestionKind.NUMBER, "5", ("add",))
    with Worker() as worker:
        verdict = check(question, response, worker=worker)
    assert (verdict.outcome, verdict.scored) == (VerdictOutcome.UNREADABLE, None)
    assert "divided by 0" in verdict.message
