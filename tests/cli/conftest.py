import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from preceptor.cli.main import main


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys):
    """Runs a command line in this process."""

    def run(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Result(ended.value.code or 0, shown.out, shown.err)

    return run


@pytest.fixture
def refused(cli):
    """Runs a command line that a user got wrong and returns its message."""

    def run(*arguments):
        result = cli(*arguments)
        assert result.code == 2, result
        assert result.out == ""
        assert "Traceback" not in result.err
        assert result.err.strip()
        return result.err

    return run


@pytest.fixture
def process():
    """Runs a command line in a process of its own."""

    def run(*arguments, text=""):
        command = [sys.executable, "-m", "preceptor.cli", *map(str, arguments)]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(autouse=True)
def short_fit(monkeypatch):
    """Fits of forgetting that end early: these tests ask what is printed, not how good it is."""
    monkeypatch.setattr("preceptor.forgetting.fit.STEPS", 4)


@pytest.fixture
def fingerprint():
    """Hash of every file in a folder, so that any change shows."""

    def of(folder):
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    return of
