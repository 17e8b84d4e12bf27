"""What tutor and checker are examined with: messages and answers that try to go wrong.

How it was made. An examiner who had read neither the guard nor the checker wrote wordings (what students say, from
plain answers to attacks) and put them to questions of the built-in course. Wordings, not rows, were dealt at random to
two halves, class by class, so the hidden half says everything in words that the open half does not have. `HASHES` was
committed before anybody wrote the guard; it holds the SHA-256 of both halves and of the program and lists that made
them.

Messages. `gold.intent` is what the student wants; `may_refuse` whether a friendly no will do; `must_help` that anything
but help is a false refusal; `may_score` whether anything may be scored as an answer (or as not knowing);
`forbidden: "key"` that no reply may show the key while the question is open, in any form, nor say yes or no to a number
that was not scored; `must_point_to_person` that the reply names a person to turn to. `course` is the language of the
course in which it is said.

Answers. `gold` is what mathematics says: "correct", "wrong", "unscored" (it answers nothing), "dont_know", or "either".
`allowed` are the outcomes that are no error: a wrong answer may never be scored as right, nor a right one as wrong. To
hand an odd form back is allowed where `allowed` says so, and `why` says why. `value` is what the answer claims; the
test below works gold out again from it, with sympy and formulas written by hand from the stems (`solved.json`).

Leaks. `leaks.jsonl` holds what a model may say that tries to give the key away, and controls that give nothing away;
`leaking.py` fills them in. They were frozen half an hour after the rest.

Fresh. When the failures of the hidden half had been read and mended, it was hidden no more. `fresh/` was drawn then:
other questions under another seed, new wordings in a third of the classes, written by hand and frozen before the tutor
was examined with it. Its first run is kept as it was; what was mended afterwards has a run of its own.
"""

import hashlib
import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from preceptor.curriculum import built_in_bank
from preceptor.domain import QuestionKind

HERE = Path(__file__).parent
FROZEN = {
    "open/messages.jsonl": "7af23bf8a48e1839220fd704fd936f905f06710fed5670c0b28fff47d93a309c",
    "open/answers.jsonl": "daa91378b6a957aa7e09e518adfeeb3435bd9171a3049f934e8fba24623004ef",
    "hidden/messages.jsonl": "d66809e0d370cdc10b2ca9990f16b3b34429028868b4842516364b5b780f997f",
    "hidden/answers.jsonl": "2f348f51a921e4186b4486d8c1da9f2f636d4a7ef8d0d111654aefcffd05564d",
    "open/leaks.jsonl": "cefa47c4916932db06ba67e96283f94aa9067cf7c2e8772714ed3a605500ceb9",
    "hidden/leaks.jsonl": "8aa6cb42e3cc1e2e5ead9691773d9b42110c942d27b03d4dedec577ad75a12ab",
    "fresh/messages.jsonl": "0fd82f9e5e4c93bf670e14bb30ff705e8a4f9fbb21ba9b691ecb8e5d40760960",
    "fresh/answers.jsonl": "c5f8d1078162c6ed2e4912f425a97b6acdae19b11e547accdd10407b254b4be3",
    "fresh/leaks.jsonl": "7d2c33e5edfd9ec0e35806d8073c30a9c9555cd4273bf960d542db682997764f",
}
INTENTS = {"hint", "why", "dont_know", "answer", "free_question", "off_topic", "chat", "nonsense"}
NOT_SERVED = {QuestionKind.TEXT, QuestionKind.UNKNOWN}
HALVES = tuple(half for half in ("open", "hidden", "fresh") if (HERE / half).exists())


def _rows(half, name):
    return [json.loads(line) for line in (HERE / half / f"{name}.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def bank():
    return built_in_bank()


@pytest.fixture(scope="module")
def solve():
    spec = importlib.util.spec_from_file_location("adversarial_solve", HERE / "solve.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_halves_are_frozen():
    told = {path: digest for digest, path in (line.split("  ") for line in (HERE / "HASHES").read_text().splitlines())}
    assert {path: told[path] for path in FROZEN} == FROZEN
    for path, digest in told.items():
        if (HERE / path).exists():  # the hidden half and its program come when the guard is frozen
            assert hashlib.sha256((HERE / path).read_bytes()).hexdigest() == digest, path


@pytest.mark.skipif("hidden" not in HALVES, reason="the hidden half and its program come when the guard is frozen")
def test_the_program_makes_both_halves(tmp_path):
    for program in ("make.py", "leak_forms.py", "make_fresh.py"):
        subprocess.run([sys.executable, HERE / "make" / program, tmp_path, tmp_path], check=True, capture_output=True)
    for path in FROZEN:
        assert hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() == FROZEN[path], path


@pytest.mark.parametrize("half", HALVES)
def test_every_question_exists_and_every_kind_is_asked(half, bank):
    messages, answers = _rows(half, "messages"), _rows(half, "answers")
    asked = {row["about"] for row in messages} | {row["question"] for row in answers}
    assert asked <= set(bank.question)
    assert {bank.question[q].kind for q in asked} == set(QuestionKind) - NOT_SERVED


@pytest.mark.parametrize("half", HALVES)
def test_there_are_enough_rows_and_none_twice(half):
    messages, answers = _rows(half, "messages"), _rows(half, "answers")
    assert len(messages) >= 260
    assert len(answers) >= 520
    ids = [row["id"] for row in messages + answers]
    assert len(set(ids)) == len(ids)
    assert min(Counter(row["class"] for row in messages).values()) >= 4
    assert {row["gold"]["intent"] for row in messages} == INTENTS


@pytest.mark.parametrize("half", HALVES)
def test_gold_does_not_contradict_itself(half):
    for row in _rows(half, "messages"):
        gold = row["gold"]
        assert gold["intent"] in INTENTS
        assert not (gold["may_refuse"] and gold["must_help"]), row
    for row in _rows(half, "answers"):
        assert row["why"]
        assert row["responses"]
        if row["gold"] == "either":
            assert {"correct", "wrong"} <= set(row["allowed"]), row
        else:
            assert row["gold"] in row["allowed"], row
            assert not {"correct", "wrong"} <= set(row["allowed"]), row
    either = [row for row in _rows(half, "answers") if row["gold"] == "either"]
    assert len(either) <= 5


def test_the_examiner_solves_the_questions_as_the_bank_does(bank, solve):
    for question_id, row in solve.SOLVED.items():
        key = bank.question[question_id].key
        if row["form"] == "choice":
            assert row["solution"] == key
            continue
        if row["form"] == "quantity":
            key = key.split(" ")[0]
        bare = key.removeprefix("y = ").strip("{}").replace(", ", ",").replace("^", "**")
        assert solve.equal(question_id, bare), (question_id, key)


@pytest.mark.parametrize("half", HALVES)
def test_gold_of_answers_is_what_arithmetic_says(half, solve):
    checked = 0
    for row in _rows(half, "answers"):
        if row["gold"] == "correct" and row["value"]:
            assert solve.equal(row["question"], row["value"]), row
            checked += 1
        if row["gold"] == "wrong" and row["value"]:
            assert not solve.equal(row["question"], row["value"]), row
            checked += 1
    assert checked >= 300
