from preceptor.cli import output


def test_without_a_terminal_a_line_now_and_then_says_how_far_it_is(capsys):
    now = iter([0.0, 5.0, 31.0, 40.0, 70.0])
    lines = output._Lines(lambda: next(now))
    for done in range(1, 5):
        lines("dkt", done, 9)
    assert capsys.readouterr().err == "dkt: 2 of 9\ndkt: 4 of 9\n"
