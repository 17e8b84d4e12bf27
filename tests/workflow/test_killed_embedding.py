"""`preceptor embed`, killed at any moment, goes on: what was kept is not encoded twice, and vectors are the same."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.embed import BankTexts
from preceptor.embed.encoding import CHUNK
from preceptor.workflow.vectors import course_vectors

PROCESS = Path(__file__).with_name("embedding_process.py")
KILLS = 4


def command(course, told):
    return [sys.executable, str(PROCESS), str(course), str(told), "--fine-tune"]


def vectors_of(course):
    opened = Course.open(course)
    return course_vectors(opened, opened.load_bank())


def lines_of(file):
    return file.read_text().splitlines() if file.exists() else []


def wait_for(process, told, lines, seconds):
    """Until so many texts were encoded in all, and some time longer, or until the process is done."""
    while process.poll() is None and len(lines_of(told)) < lines:
        time.sleep(0.005)
    time.sleep(seconds)


@pytest.mark.no_cover
def test_killed_at_random_it_goes_on_and_gives_the_same_vectors(small_course, tmp_path):
    whole, killed = (shutil.copytree(small_course, tmp_path / name) for name in ("whole", "killed"))
    texts = len(set(BankTexts.of(Course.open(whole).load_bank()).every))
    subprocess.run(command(whole, tmp_path / "once"), check=True, capture_output=True)
    once = lines_of(tmp_path / "once")
    assert len(once) == len(set(once)) == texts > 3 * CHUNK

    told, chance, kills = tmp_path / "told", random.Random(3), 0
    for number in range(KILLS):  # while texts are encoded; in the end while the projection is trained or saved
        process = subprocess.Popen(command(killed, told), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        aim = (number + chance.random()) / (KILLS - 1) * texts
        wait_for(process, told, min(aim, texts), chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += process.returncode == -signal.SIGKILL
        assert vectors_of(killed) is None or vectors_of(killed).tuned, "no half of anything is in force"
    assert kills >= KILLS - 1

    subprocess.run(command(killed, told), check=True, capture_output=True)
    counted = Counter(lines_of(told))
    assert set(counted) == set(once)
    assert sum(counted.values()) <= texts + kills * CHUNK, "a kill costs the texts that were under way at most"
    found, wanted = vectors_of(killed), vectors_of(whole)
    assert found.tuned
    for part in ("questions", "concepts"):
        np.testing.assert_array_equal(getattr(found, part), getattr(wanted, part))

    before = lines_of(told)
    subprocess.run(command(killed, told), check=True, capture_output=True)
    assert lines_of(told) == before, "nothing is encoded twice that was kept"
