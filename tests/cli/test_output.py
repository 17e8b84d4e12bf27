import json
import re
from pathlib import Path

import pytest

import preceptor.cli
from preceptor.cli import output
from preceptor.course import Course
from preceptor.domain import Bank, Concept, Question, QuestionKind


def test_without_a_terminal_a_line_now_and_then_says_how_far_it_is(capsys):
    now = iter([0.0, 5.0, 31.0, 40.0, 70.0])
    lines = output._Lines(lambda: next(now))
    for done in range(1, 5):
        lines("dkt", done, 9)
    assert capsys.readouterr().err == "dkt: 2 of 9\ndkt: 4 of 9\n"


def test_nothing_has_no_sign_of_its_own():
    assert output.signed(-0.04, 1) == output.signed(0.04, 1) == "0.0"
    assert output.with_interval({"mean": -0.00001, "ci95": (-0.0002, -0.0)}) == "0.0000 (-0.0002 to 0.0000)"


HOSTILE = "What is [/bold] 3+4? [red]x[/red] :smile:"


def test_texts_are_shown_as_they_are_in_lines_titles_heads_and_cells(capsys):
    drawn = output.table(f"title {HOSTILE}", f"head {HOSTILE}")
    drawn.add_row(f"cell {HOSTILE}")
    output.emit({}, False, lambda out: (out.print(drawn), out.print(f"line {HOSTILE}")))
    shown = " ".join(capsys.readouterr().out.split())
    for place in ("title", "head", "cell", "line"):
        assert f"{place} {HOSTILE}" in shown


def test_a_progress_bar_shows_names_as_they_are(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with output.progress() as report:
        report("[/bold] x", 1, 2)
    assert "[/bold] x" in capsys.readouterr().err


ORDERS = "\x1b[31mred\x1b]0;owned\x07\x9b2J\r\x08\x7f"
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_no_text_gives_the_terminal_orders_in_lines_titles_heads_and_cells(capsys, monkeypatch):
    drawn = output.table(f"title {ORDERS}", f"head {ORDERS}")
    drawn.add_row(f"cell {ORDERS}")
    output.emit({}, False, lambda out: (out.print(drawn), out.print(f"line {ORDERS}", style="bold")))
    output.say(f"said {ORDERS}")
    output.say(f"said {ORDERS}", err=True)
    output._Lines(iter([0.0, 31.0]).__next__)(f"done {ORDERS}", 1, 2)
    shown = capsys.readouterr()
    assert not _OBEYED.search(shown.out + shown.err)
    for place in ("title", "head", "cell", "line", "said"):
        assert f"{place} ␛[31mred␛]0;owned␇" in shown.out
    monkeypatch.setenv("FORCE_COLOR", "1")
    with output.progress() as report:
        report(f"bar {ORDERS}", 1, 2)
    assert "bar ␛[31mred" in capsys.readouterr().err


def test_json_holds_every_character_and_sends_no_order(capsys):
    output.emit({"text": ORDERS}, True, lambda out: None)
    shown = capsys.readouterr().out
    assert not _OBEYED.search(shown)
    assert json.loads(shown) == {"text": ORDERS}


@pytest.fixture
def hostile_course(tmp_path):
    course = Course.create(tmp_path / "course", f"Sums {ORDERS}")
    texts = (f"Add the fractions {ORDERS} $1/2$ and $1/3$.", f"Round {ORDERS} to one decimal.")
    questions = tuple(Question(f"q{i}{ORDERS}", text, QuestionKind.TEXT, "4", ("any",)) for i, text in enumerate(texts))
    course.replace(Bank((Concept("any", f"Any {ORDERS}"),), questions))
    return course.path


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["shown", "json"])
def test_an_imported_text_gives_the_terminal_no_orders(cli, hostile_course, tmp_path, more):
    framework = tmp_path / "own.csv"
    framework.write_text(f"code,name\nA,Adding {ORDERS[:-4]}\nB,Rounding\n", encoding="utf-8", newline="")
    commands = (
        ("annotate", hostile_course, "--framework", framework, "--replace-labels", *more),
        ("review", hostile_course, *more),
        ("review", hostile_course, "--out", tmp_path / f"{len(more)}.csv", *more),
        ("status", hostile_course, *more),
        ("export", "exrec", hostile_course, "--out", tmp_path / f"out{len(more)}", *more),
    )
    for command in commands:
        ended = cli(*command)
        assert ended.code == 0, ended
        assert not _OBEYED.search(ended.out + ended.err), command
    refused = cli("recommend", hostile_course, "--student", f"ana{ORDERS}", *more)
    assert refused.code == 2
    assert "ana" in refused.err
    assert not _OBEYED.search(refused.err)


def test_everything_is_printed_by_one_place():
    for path in Path(preceptor.cli.__file__).parent.glob("*.py"):
        source = path.read_text(encoding="utf-8").replace('typer.echo(f"preceptor {__version__}")', "")
        if path.name != "output.py":
            assert not re.search(r"typer\.(secho|echo)\(|[^.\w]print\(|(?<!\w)Console\(", source)
