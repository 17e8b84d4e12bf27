import ast
import re
from pathlib import Path

import pytest

import preceptor.tutor
import preceptor.workflow
from preceptor.answers import Verdict, VerdictOutcome
from preceptor.domain import (
    Bank,
    Concept,
    Distractor,
    Interaction,
    Misconception,
    Outcome,
    Question,
    QuestionKind,
    Step,
)
from preceptor.language import catalogue
from preceptor.recommend import make_objective, objective_names
from preceptor.tutor import Answer, Intent, Proposal, answer_turn, opening_turn, reply_to_message
from preceptor.tutor.tongue import Tongue

DAY = 86_400.0
SAYS = re.compile(r"(self\._)?say(\.pick)?|tongue\(question\)")


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (20, "a minute", "einer Minute"),
        (3_600, "an hour", "einer Stunde"),
        (5 * 3_600, "five hours", "fünf Stunden"),
        (1.2 * DAY, "a day", "einem Tag"),
        (36 * 3_600, "two days", "zwei Tagen"),
        (6.7 * DAY, "seven days", "sieben Tagen"),
        (12 * DAY, "12 days", "12 Tagen"),
    ],
)
def test_a_span_is_spoken_in_whole_units_and_words(seconds, english, german):
    assert Tongue("en").span(seconds) == english
    assert Tongue("de").span(seconds) == german


def test_names_lose_their_capital_within_an_english_sentence_but_abbreviations_keep_it():
    assert Tongue("en").within("Place value") == "place value"
    assert Tongue("en").within("GCF and LCM") == "GCF and LCM"
    assert Tongue("de").within("Stellenwert") == "Stellenwert"


def _said_in(package) -> set[str]:
    """Every sentence that the modules of a package hand to `say`, directly or by the name of a constant."""
    found = set()
    for path in Path(package.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: _texts(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and SAYS.fullmatch(ast.unparse(node.func)):
                for part in ast.walk(node.args[0]):
                    found |= set(constants.get(part.id, ())) if isinstance(part, ast.Name) else set(_texts(part))
    return found


def _texts(node) -> list[str]:
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _texts(value)]
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_everything_the_tutor_says_has_its_german():
    german = catalogue("preceptor.tutor", "de")
    said = _said_in(preceptor.tutor)
    assert len(said) > 50
    assert {sentence for sentence in said if german.lacks(sentence)} == set()
    for english, other in german.sentences.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", other)), english


def test_every_reason_has_its_german():
    german = catalogue("preceptor.workflow", "de")
    said = _said_in(preceptor.workflow)
    assert len(said) > 8
    assert {sentence for sentence in said if german.lacks(sentence)} == set()
    concepts = Bank((Concept("c", "C"),), ()).q_matrix
    assert not [name for name in objective_names() if german.lacks(make_objective(name, concepts).recall_of)]


BANK = Bank(
    (Concept("c", "Brüche addieren"),),
    (
        Question(
            "q1", "Wie viel ist $\\frac{1}{4} + \\frac{1}{2}$?", QuestionKind.NUMBER, "3/4", ("c",),
            steps=(Step("Erweitere: $\\frac{1}{2} = \\frac{2}{4}$."), Step("Zusammen $\\frac{3}{4}$.")),
            hints=("Mach die Nenner gleich.", "Wie viele Viertel ist ein Halb?", "Zusammen $\\frac{3}{4}$."),
            distractors=(Distractor("1/3", "m"),), language="de",
        ),
        Question("q2", "Wie viel ist $2 + 2$?", QuestionKind.NUMBER, "4", ("c",), language="de"),
    ),
    (Misconception("m", "c", "die Nenner addiert", "Der Nenner nennt die Größe der Teile."),),
)  # fmt: skip


class _Flat:
    """An encoder that knows no difference."""

    def encode(self, texts):
        import numpy as np

        return np.ones((len(texts), 2), dtype=np.float32)


def _turn(outcome, response, history=(), tries=1, misconception_id=""):
    answer = Answer("e9", "q1", response, Verdict(outcome, misconception_id=misconception_id), tries)
    return answer_turn(answer, history, BANK, {}, 20 * DAY, _Flat(), Proposal("q2")).feedback


def test_feedback_on_a_german_question_is_german():
    wrong = _turn(VerdictOutcome.WRONG, "1/3", misconception_id="m")
    assert "Diese Antwort entsteht oft, wenn jemand die Nenner addiert." in wrong
    assert "Der Nenner nennt die Größe der Teile." in wrong
    whole = _turn(VerdictOutcome.WRONG, "0,5", tries=2)
    assert "Die Antwort ist also $\\frac{3}{4}$." in whole
    assert "1. Erweitere" in whole
    past = (Interaction("e1", "ada", "q1", "r", 0.0, 0, 17 * DAY, "1/3", outcome=Outcome.WRONG),)
    right = _turn(VerdictOutcome.CORRECT, "3/4", past)
    assert "Vor drei Tagen ist eine solche Aufgabe schiefgegangen." in right
    english = re.compile(r"\b(the|answer|you|this|again|is|not)\b")
    assert not english.search(wrong + whole + right)


def test_greeting_and_hints_are_german():
    greeting = opening_turn((), BANK, {}, 20 * DAY, Proposal("q1")).feedback
    assert greeting.startswith("Hallo! Wir haben noch nicht zusammen gearbeitet")
    reply = reply_to_message("hint", BANK.question["q1"], BANK, 0, "")
    assert reply.text == "Tipp 1 von 3: Mach die Nenner gleich."
    for message in ("Tipp bitte", "Hilfe!", "Ich stecke fest", "Gib mir einen Hinweis"):
        assert reply_to_message(message, BANK.question["q1"], BANK, 0, "").intent is Intent.HINT
    for message in ("Warum?", "Wozu brauche ich das?"):
        assert reply_to_message(message, BANK.question["q1"], BANK, 0, "").intent is Intent.WHY
    for message in ("Weiß ich nicht", "keine Ahnung", "Das verstehe ich nicht", "Ich weiß es nicht"):
        assert reply_to_message(message, BANK.question["q1"], BANK, 0, "").intent is Intent.DONT_KNOW
    for message in ("Ich glaube, es ist 3/4.", "Die Antwort ist 3/4", "3/4", "Vielleicht 3/4?"):
        assert reply_to_message(message, BANK.question["q1"], BANK, 0, "").response == "3/4"
    assert reply_to_message("why", BANK.question["q1"], BANK, 0, "").text == "Sie übt: Brüche addieren."
