from preceptor.cli import output


def test_without_a_terminal_a_line_now_and_then_says_how_far_it_is(capsys):
    now = iter([0.0, 5.0, 31.0, 40.0, 70.0])
    lines = output._Lines(lambda: next(now))
    for done in range(1, 5):
        lines("dkt", done, 9)
    assert capsys.readouterr().err == "dkt: 2 of 9\ndkt: 4 of 9\n"


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
