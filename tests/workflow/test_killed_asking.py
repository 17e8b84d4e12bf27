"""`preceptor annotate --annotator model`, killed at any moment, goes on and pays for no answer twice."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from preceptor.annotate import UNLABELLED
from preceptor.course import Course
from preceptor.domain import Bank, Question, QuestionKind
from preceptor.llm import Ledger
from preceptor.workflow.annotating import course_annotation

PROCESS = Path(__file__).parent / "annotating_process.py"
QUESTIONS, VARIED, KILLS = 12, 4, 3
IN_FLIGHT, SECONDS = 2, 300


@pytest.fixture
def bank():
    questions = tuple(
        Question(f"q{i}", f"Add ${i}/7 + 1/7$.", QuestionKind.NUMBER, f"{i + 1}/7", ("unlabelled",))
        for i in range(1, QUESTIONS + 1)
    )
    return Bank((UNLABELLED,), questions)


@pytest.fixture
def make_course(tmp_path, bank):
    def made(name) -> Course:
        course = Course.create(tmp_path / name, "tiny")
        course.replace(bank)
        return course

    return made


def started(course, url):
    return subprocess.Popen(
        [sys.executable, str(PROCESS), str(course.path), url, "--extend", str(VARIED)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def finished(process):
    out, errors = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, errors
    return json.loads(out)


def kept_in(course):
    ledger = Ledger(course.path / "asked" / "answers.sqlite")
    try:
        return ledger.total().answers
    finally:
        ledger.close()


def own_variations(scripted, body):
    """As the scripted model, but every question has variations of its own."""
    answer = scripted.annotating(body)
    told, stage = scripted.content_of(body), scripted.stage_of(body)
    if stage == "variations":
        number = told["question"].partition("$")[2].partition("/")[0]
        word = "abcdefghijklm"[int(number)]
        texts = [(f"{question} ({word})", key, added) for question, key, added in scripted.VARIATIONS[1:]]
        plain = (f"Work out $3 + 9 + {word} - {word}$.", "12", "")
        return replace(answer, text=json.dumps({"variations": [scripted.varied(*one) for one in (plain, *texts)]}))
    return answer


class Killer:
    """Answers like the scripted model, and kills a process once it has sent so many requests in all."""

    def __init__(self, scripted, rng):
        self.scripted, self.rng = scripted, rng
        self.at: int | None = None
        self.process: subprocess.Popen | None = None
        self.lock = threading.Lock()

    def respond(self, body):
        with self.lock:
            if self.at is not None and len(self.server.requests) >= self.at:
                self.at = None
                self.process.send_signal(signal.SIGKILL)
        return replace(own_variations(self.scripted, body), wait_seconds=self.rng.random() * 0.02)


@pytest.mark.slow
def test_killed_at_random_points_it_resumes_without_loss_or_double_payment(make_course, bank, scripted):
    """SIGKILLs while answers arrive and while the course is written, with variations of some questions.

    What the ledger holds is never sent again, all else is asked at last, and the course is the one of a run that was
    never killed.
    """
    whole, course = make_course("whole"), make_course("killed")
    with scripted.ScriptedServer(lambda body: own_variations(scripted, body)) as server:
        first = finished(started(whole, server.url))
        needed = len(server.requests)
    assert first["questions"] == QUESTIONS + 2 * VARIED

    killer, kept = Killer(scripted, random.Random(20260202)), [0]
    with scripted.ScriptedServer(killer.respond) as server:
        killer.server = server
        for number in range(1, KILLS + 1):  # the last one while variations are asked for
            aim = round((number - 0.5 * killer.rng.random()) / (KILLS + 0.2) * needed)
            killer.at = len(server.requests) + max(1, aim - kept[-1])
            killer.process = started(course, server.url)
            killer.process.communicate(timeout=SECONDS)
            assert killer.process.returncode == -signal.SIGKILL
            assert course.load_bank() == bank, "nothing is applied by halves"
            kept.append(kept_in(course))
        for _ in range(2):
            process = started(course, server.url)
            while process.poll() is None and kept_in(course) < needed:
                time.sleep(0.005)
            time.sleep(killer.rng.random() * 0.5)
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=SECONDS)
            assert course.load_bank() in (bank, whole.load_bank()), "the earlier bank or the new one, no mixture"
        result = finished(started(course, server.url))

    sent = Counter(json.dumps(body, sort_keys=True) for body in server.requests)
    assert len(sent) == needed, "every answer was asked for"
    assert kept == sorted(kept)
    assert kept[-1] > 0.6 * needed
    assert sum(sent.values()) - needed <= KILLS * IN_FLIGHT, "only what was under way at a kill is asked for again"
    assert result["asked"]["paid"]["answers"] == 0
    assert course.load_bank() == whole.load_bank()
    found, wanted = course_annotation(course), course_annotation(whole)
    assert replace(found, counts={}) == replace(wanted, counts={})
