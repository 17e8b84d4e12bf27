"""The command line itself: help, version, exit codes."""

import subprocess
import sys

import pytest

import preceptor
from preceptor.cli.main import COMMANDS, command_function


def test_help_names_every_command(cli):
    result = cli("--help")
    assert result.code == 0
    for name, summary in COMMANDS.items():
        assert name in result.out
        assert summary[:30] in result.out
    assert cli().code in (0, 2)


def test_version(cli):
    result = cli("--version")
    assert (result.code, result.out) == (0, f"preceptor {preceptor.__version__}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_one_line_summaries_are_the_commands_own(name):
    first = (command_function(name).__doc__ or "").strip().splitlines()[0]
    assert COMMANDS[name].rstrip(".") == first.rstrip(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(cli, name):
    result = cli(name, "--help")
    assert result.code == 0
    assert COMMANDS[name].rstrip(".") in " ".join(result.out.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments):
    script = (
        "import sys\nfrom preceptor.cli.main import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'numpy', 'polars', 'sklearn', 'scipy', 'sympy', 'sqlalchemy', 'nicegui'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr.strip() == "[]"


def test_an_unknown_command_or_option_is_the_users_matter(cli):
    assert cli("trian", "x").code == 2
    assert cli("train", "x", "--sise", "small").code == 2
    assert cli("train").code == 2


def test_a_bug_exits_1_with_its_traceback(tmp_path):
    script = (
        "import preceptor.cli.status as module\n"
        "def broken(course):\n    raise RuntimeError('a bug')\n"
        "module.status = broken\n"
        "from preceptor.course import Course\n"
        f"Course.create({str(tmp_path / 'c')!r}, 'x')\n"
        "from preceptor.cli.main import main\n"
        f"main(['status', {str(tmp_path / 'c')!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "a bug" in done.stderr
