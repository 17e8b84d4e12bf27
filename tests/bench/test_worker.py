import json
import subprocess
import sys

import pytest

from preceptor.bench.worker import _TURNS, Worker

SCRIPT = """
import sys
def serve(arguments):
    print("this is not an answer")
    def answer(request):
        if request["number"] < 0:
            sys.exit("negative")
        return {"sum": arguments["base"] + request["number"]}
    return answer
"""


@pytest.fixture
def script(tmp_path):
    file = tmp_path / "script.py"
    file.write_text(SCRIPT)
    return file


def test_requests_are_answered_in_turn_and_prints_do_not_disturb(script):
    with Worker(script, {"base": 10}) as first, Worker(script, {"base": 20}) as second:
        answers = [side.ask(number=n)["sum"] for n in range(3) for side in (first, second)]
    assert answers == [10, 20, 11, 21, 12, 22]
    assert first.peak_bytes > 1_000_000


def test_a_process_that_ends_is_told_with_what_it_said(script):
    with pytest.raises(RuntimeError, match=r"(?s)script\.py ended: .*negative"), Worker(script, {"base": 0}) as worker:
        worker.ask(number=-1)


def test_a_request_after_its_end_is_told_too(script):
    with Worker(script, {"base": 0}) as worker:
        for _ in range(2):
            with pytest.raises(RuntimeError, match="negative"):
                worker.ask(number=-1)


@pytest.mark.parametrize("serves", ["lambda request: time.sleep(600)", "time.sleep(600)"])
def test_a_process_whose_caller_has_gone_does_not_finish_its_work(serves, tmp_path):
    file = tmp_path / "slow.py"
    file.write_text(f"import time\ndef serve(arguments):\n    return {serves}\n")
    command = [sys.executable, "-P", str(_TURNS), str(file), "{}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            process.stdin.write(json.dumps({"any": "request"}) + "\n")
            process.stdin.close()
            assert process.wait(timeout=60) == 1
        finally:
            process.kill()
