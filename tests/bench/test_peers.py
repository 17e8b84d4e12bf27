import subprocess
from types import SimpleNamespace

import pytest

from preceptor.bench import peers
from preceptor.bench.peers import Peer
from preceptor.domain import UserError

PEER = Peer("peer", "peer-package", "1.2.3")


@pytest.fixture
def pip(monkeypatch):
    """What pip was called with, instead of a call; `failing` makes it fail."""
    told = SimpleNamespace(commands=[], failing=False)

    def run(command, **options):
        told.commands.append(command)
        return subprocess.CompletedProcess(command, int(told.failing), "", "no such version")

    monkeypatch.setattr(peers.subprocess, "run", run)
    monkeypatch.setattr(peers.venv, "create", lambda home, **options: home.mkdir(parents=True, exist_ok=True))
    return told


def test_nothing_is_installed_unasked(tmp_path, pip):
    with pytest.raises(UserError, match="no environment with peer-package") as caught:
        PEER.python(tmp_path, install=False)
    assert "--install-peers" in caught.value.mend
    assert pip.commands == []


def test_an_environment_is_made_once_with_the_same_torch(tmp_path, pip):
    python = PEER.python(tmp_path, install=True)
    assert PEER.python(tmp_path, install=False) == python
    (command,) = pip.commands
    assert command[0] == str(python)
    assert "peer-package==1.2.3" in command
    assert any(word.startswith("torch==2") and "+" not in word for word in command)


def test_a_failed_installation_is_told_and_tried_again(tmp_path, pip):
    pip.failing = True
    with pytest.raises(UserError, match="no such version"):
        PEER.python(tmp_path, install=True)
    pip.failing = False
    PEER.python(tmp_path, install=True)
    assert len(pip.commands) == 2
