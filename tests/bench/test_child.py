import pytest

from preceptor.bench.child import run_python

HUNGRY = """
import time
block = bytearray(300_000_000)
while time.process_time() < 0.3:
    pass
"""


def test_memory_and_processor_time_of_the_child_are_its_own():
    hungry = run_python(["-c", HUNGRY])
    assert hungry.peak_bytes > 300_000_000
    assert hungry.cpu_seconds > 0.2
    assert hungry.wall_seconds > 0
    assert run_python(["-c", "pass"]).cpu_seconds < hungry.cpu_seconds


def test_a_failure_is_told_with_what_the_child_said():
    with pytest.raises(RuntimeError, match=r"ended with 3: .*nothing goes"):
        run_python(["-c", "import sys; sys.stderr.write('nothing goes'); sys.exit(3)"])
