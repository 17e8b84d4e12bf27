"""Annotates three questions and tutors ten turns with a real small model over HTTP: SERVER_PYTHON FOLDER [PAGE].

Called by `make local-model`. PAGE gets the transcript of a session of a simulated student with the model.

What this shows is that the parts fit together. The model has 135 million parameters and understands little: its labels
are never evidence of anything.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from preceptor.annotate import UNLABELLED
from preceptor.course import Course
from preceptor.domain import Bank, Question, QuestionKind, Step
from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course

SERVER = Path(__file__).parent / "local_server.py"
LONGEST_SECONDS = 480.0
BUDGET_TOKENS = "7000"
"""The model writes about twelve tokens a second; what the budget does not allow is told as failed."""
LONGEST_START_SECONDS = 60.0
COURSE_AT_SECONDS = 1_770_000_000.0
"""Days before the sessions that `preceptor.cli.transcripts` holds."""
TURNS = 10
TURN_SECONDS = "40"
"""The model reads about a hundred tokens a second; a turn that takes longer ends in the composed text."""


def questions() -> Bank:
    """Three questions; the first two have one step of their own each, so that little has to be written."""
    asked = (
        ("What is $2 + 3$?", "5", ("Add 3 to 2: $2 + 3 = 5$.",)),
        ("Solve $2x = 8$ for $x$.", "4", ("Divide both sides by 2: $x = 4$.",)),
        ("What is half of $10$?", "5", ()),
    )
    return Bank(
        (UNLABELLED,),
        tuple(
            Question(f"q{i}", text, QuestionKind.NUMBER, key, ("unlabelled",), steps=tuple(map(Step, steps)))
            for i, (text, key, steps) in enumerate(asked, 1)
        ),
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def waited_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server takes connections."""
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The local model did not start.")


def tutored(folder: Path, url: str) -> dict[str, Any]:
    """Ten turns with the model as the tutor; what it says is guarded, and where it fails the composed text follows."""
    shutil.rmtree(folder, ignore_errors=True)
    options = BuiltInOptions(students=30, days=10, questions_per_family=2)
    course = make_built_in_course(folder, options, COURSE_AT_SECONDS)
    command = [sys.executable, "-m", "preceptor.cli", "tutor", str(course.path), "--student", "s0001", "--json"]
    command += ["--model-url", url, "--model", "smollm2", "--turns", str(TURNS), "--timeout-seconds", TURN_SECONDS]
    said = "I don't know\n" * TURNS
    done = subprocess.run(command, input=said.encode(), stdout=subprocess.PIPE, timeout=LONGEST_SECONDS, check=True)
    return dict(json.loads(done.stdout))


def transcribed(folder: Path, url: str, page: Path) -> None:
    """A session of a simulated student with the model, as the pages of `make transcripts` are held."""
    settings = {"MODEL_URL": url, "LLM_TIMEOUT_SECONDS": TURN_SECONDS}
    environment = os.environ | {f"PRECEPTOR_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "preceptor.cli.transcripts", str(folder), str(page), "s0002", "1", "smollm2"]
    subprocess.run(command, env=environment, timeout=2 * LONGEST_SECONDS, check=True)


def main(server_python: str, folder: Path, page: Path | None = None) -> int:
    """Serve, annotate, tell, and end the server."""
    shutil.rmtree(folder, ignore_errors=True)
    Course.create(folder, "tiny").replace(questions())
    port = free_port()
    server = subprocess.Popen(
        [server_python, str(SERVER), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        waited_for(server, port)
        command = [
            sys.executable,
            "-m",
            "preceptor.cli",
            "annotate",
            str(folder),
            "--annotator",
            "model",
            "--yes",
            "--json",
        ]
        command += ["--model-url", f"http://127.0.0.1:{port}/v1", "--model", "smollm2", "--concurrency", "1"]
        command += ["--budget-tokens", BUDGET_TOKENS]
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_SECONDS, check=True)
        session = tutored(folder.with_name("tutored"), f"http://127.0.0.1:{port}/v1")
        if page is not None:
            transcribed(folder.with_name("tutored"), f"http://127.0.0.1:{port}/v1", page)
    finally:
        server.terminate()
        server.wait(timeout=30)
    result = json.loads(done.stdout)
    told = {
        name: result[name] for name in ("questions", "labelled", "concepts", "failures", "counts", "asked", "seconds")
    }
    print(json.dumps(told, indent=1))  # noqa: T201
    told = {
        name: session[name]
        for name in ("answered", "right", "sentences_released", "refused", "failed", "input_tokens", "output_tokens")
    }
    print(json.dumps(told, indent=1))  # noqa: T201
    answered = result["asked"]["paid"]["answers"]
    complete = result["labelled"] + sum(count for name, count in result["failures"].items() if "links" not in name)
    whole = session["answered"] == TURNS and all(turn["whole"] for turn in session["turns"])
    asked = sum(turn["model"] == "smollm2" for turn in session["turns"])
    return 0 if answered and complete == result["questions"] and whole and asked == TURNS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(Path, sys.argv[2:])))
