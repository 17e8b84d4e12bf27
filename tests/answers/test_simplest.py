"""Questions that ask for a form: what has the right value in another form is handed back, never graded."""

import pytest

from preceptor.answers import check
from preceptor.domain import QuestionKind

SHORTER = "The value fits, but the question asks for a shorter form."
ANOTHER = "The value fits, but the question asks for another form."


@pytest.mark.parametrize(
    ("key", "responses"),
    [
        ("7*x", ["7x", "x*7", "x·7", "7*x", "P = 7x"]),
        ("16*pi", ["16pi", "16π", "pi*16", "16 \\pi", "A = 16π"]),
        ("-3*x + 2", ["2-3x", "-3x+2", "2 - x*3", "-3*x - -2"]),
        ("5*x + 10", ["10+5x", "5x+10", "5(x+2)"]),
        ("3^7", ["3^7", "3⁷", "3^{7}", "3^(7)"]),
        ("1.2*10^-5", ["1.2*10^-5", "10^(-5)*1.2", "1.20 × 10^{-5}"]),
        ("0.5*x", ["x/2", "0.5x"]),
    ],
)
def test_the_form_of_the_key_is_right_in_any_order(key, responses, ask, outcome):
    question = ask(key, simplest=True)
    assert {one: outcome(question, one) for one in responses} == dict.fromkeys(responses, "correct")


@pytest.mark.parametrize(
    ("key", "response", "message"),
    [
        ("3^7", "3^3*3^4", SHORTER), ("3^7", "3^(3+4)", SHORTER), ("3^7", "2187", ANOTHER), ("3^2", "3*3", ANOTHER),
        ("2^6", "4^3", ANOTHER), ("7*x + 2", "3x+4x+2", SHORTER), ("2*x + 3", "x+x+3", ANOTHER),
        ("7*x + 2", "7x+1+1", SHORTER), ("16*pi", "4^2*pi", SHORTER), ("16*pi", "A = 2*8*pi", SHORTER),
        ("16*pi", "50.265", ANOTHER), ("1.2*10^5", "12*10^4", ANOTHER), ("1.2*10^5", "120000", ANOTHER),
        ("1.2*10^5", "3*0.4*10^5", SHORTER),
    ],
)  # fmt: skip
def test_another_form_of_the_right_value_is_handed_back(key, response, message, ask, worker, outcome):
    verdict = check(ask(key, simplest=True), response, worker=worker)
    assert (verdict.outcome, verdict.scored, verdict.message) == ("unreadable", None, message)
    assert outcome(ask(key), response) == "correct"


def test_it_is_said_in_german(ask, worker):
    question = ask("3^7", simplest=True, language="de")
    assert check(question, "3^3*3^4", worker=worker).message == "Der Wert stimmt, aber gefragt ist eine kürzere Form."


def test_a_wrong_value_stays_wrong_in_every_form(ask, worker):
    question = ask("3^7", simplest=True, distractors={"3^12": "multiplies"})
    for response in ("3^12", "3^6*3^6"):
        verdict = check(question, response, worker=worker)
        assert (verdict.outcome, verdict.misconception_id) == ("wrong", "multiplies")


@pytest.mark.parametrize("response", ["20pi cm", "20π cm", "20 pi cm", "20π cm²", "20pi cm^2", "20πcm", "20\\pi cm"])
@pytest.mark.parametrize("simplest", [True, False])
def test_a_unit_behind_pi_is_dropped_however_pi_is_written(response, simplest, ask, outcome):
    question = ask("20*pi", text=r"How long is it in $\text{cm}$?", simplest=simplest)
    assert outcome(question, response) == "correct"


def test_a_unit_behind_pi_that_is_not_asked_for_is_handed_back(ask, worker):
    question = ask("20*pi", text=r"How long is it in $\text{cm}$?")
    for response in ("20pi mm", "20π mm"):
        assert "in centimeters, not in millimeters" in check(question, response, worker=worker).message


@pytest.mark.parametrize("response", ["12 qcm", "12 cm2", "12 cm²", "12 Quadratzentimeter", "12 qm", "12 ccm"])
def test_short_german_units_may_stand_behind_a_number(response, ask, worker):
    question = ask("12", QuestionKind.NUMBER, language="de")
    assert check(question, response, worker=worker).outcome == "correct"


def test_a_short_german_unit_that_is_not_asked_for_is_handed_back(ask, worker):
    question = ask("12", QuestionKind.NUMBER, text=r"Wie viele $\text{cm}^2$ sind es?", language="de")
    assert check(question, "12 qcm", worker=worker).outcome == "correct"
    assert check(question, "12 qdm", worker=worker).scored is None
