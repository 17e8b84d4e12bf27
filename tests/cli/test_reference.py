"""The generated page of the command line: complete, deterministic, and the one that is committed."""

from pathlib import Path

import pytest
import typer

from preceptor.cli import reference as page
from preceptor.cli.main import COMMANDS, build

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


@pytest.fixture(scope="module")
def text() -> str:
    return page.reference()


def test_the_committed_page_is_the_generated_one(text: str):
    assert PAGE.read_text(encoding="utf-8") == text, "docs/cli.md drifted; run `make docs`"


def test_every_command_has_a_section_with_its_usage(text: str):
    for name in COMMANDS:
        assert f"\n## preceptor {name}\n" in text
        assert f"\npreceptor {name} " in text


def test_every_option_of_every_command_is_listed_with_its_help(text: str):
    sections = dict(part.split("\n", 1) for part in text.split("\n## preceptor ")[1:])
    for name, command in typer.main.get_command(build(COMMANDS)).commands.items():
        for parameter in command.params:
            label = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0]
            assert f"| `{label}" in sections[name], (name, label)
            assert parameter.help.replace("|", "\\|") in sections[name], (name, label)


def test_the_page_does_not_depend_on_the_terminal(text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERMINAL_WIDTH", "40")
    assert page.reference() == text


def test_main_prints_the_page(text: str, capsys: pytest.CaptureFixture[str]):
    page.main()
    assert capsys.readouterr().out == text
