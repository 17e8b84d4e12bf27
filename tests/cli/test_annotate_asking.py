"""`preceptor annotate --annotator model`: what is said, confirmed, refused and shown."""

import pytest

from preceptor.annotate import UNLABELLED
from preceptor.cli.main import INTERRUPTED
from preceptor.course import Course
from preceptor.domain import Bank, Question, QuestionKind


@pytest.fixture
def course(tmp_path):
    made = Course.create(tmp_path / "course", "tiny")
    texts = {"q1": "Add $2 + 3$.", "q2": "Add $2 + 4$."}
    made.replace(
        Bank(
            (UNLABELLED,),
            tuple(
                Question(i, text, QuestionKind.NUMBER, str(3 + int(i[1])), ("unlabelled",)) for i, text in texts.items()
            ),
        )
    )
    return made.path


@pytest.fixture
def server(scripted):
    def broken_for_one(body):
        broken = "2 + 4" in body["messages"][1]["content"] and scripted.stage_of(body) == "concepts"
        return scripted.Answer("[red]no json[/red]") if broken else scripted.annotating(body)

    with scripted.ScriptedServer(broken_for_one) as opened:
        yield opened


def asked(course, server, *more):
    return ("annotate", course, "--annotator", "model", "--model-url", server.url, "--model", "tiny", *more)


def test_json_is_one_object_with_what_was_paid_and_what_failed(cli, course, server):
    result = cli(*asked(course, server, "--yes", "--json", "--price-in", 2, "--price-out", 10))

    assert result.code == 0
    found = result.json()
    assert found["labelled"] == 1
    assert found["failures"] == {"concepts: invalid": 1}
    assert found["failed"][0]["question_id"] == "q2"
    assert found["asked"]["paid"]["answers"] == 7
    assert "2 questions, about 6 requests" in result.err
    assert "of money" in result.err


def test_a_url_without_a_model_is_refused_with_what_to_add(refused, course, server):
    said = " ".join(refused("annotate", course, "--annotator", "model", "--model-url", server.url).split())
    assert f"--model-url {server.url} --model NAME" in said
    said = " ".join(refused("annotate", course, "--model-url", server.url).split())
    assert "add --annotator model" in said
    assert not server.requests


def test_the_page_says_what_failed_and_why(cli, course, server):
    shown = " ".join(cli(*asked(course, server, "--yes")).out.split())

    assert "What failed, and why" in shown
    assert f"Asked tiny at {server.url}" in shown
    assert "Invalid JSON" in shown
    assert "7 requests sent" in shown


def test_without_a_terminal_it_asks_for_yes_and_sends_nothing(refused, course, server, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    message = refused(*asked(course, server))

    assert "--yes" in message
    assert server.requests == []


@pytest.mark.parametrize(("typed", "requests"), [("n\n", 0), ("y\n", 7)])
def test_on_a_terminal_the_forecast_is_confirmed_or_nothing_is_asked(typed, requests, cli, course, server, monkeypatch):
    import io

    terminal = io.StringIO(typed)
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    result = cli(*asked(course, server))

    assert result.code == 0
    assert "Go on?" in result.err
    assert len(server.requests) == requests
    if not requests:
        assert "Nothing was asked." in result.err


def test_mistakes_are_told_before_anything_is_sent(refused, course, server):
    assert "--model-url" in refused("annotate", course, "--annotator", "model")
    assert "--annotator model" in refused("annotate", course, "--model", "tiny")
    assert "--concurrency" in refused(*asked(course, server, "--yes", "--concurrency", 0))
    assert "--price-in" in refused(*asked(course, server, "--yes", "--budget-money", 5))
    assert "unencrypted" not in refused(
        "annotate", course, "--annotator", "model", "--model-url", "ftp://x", "--model", "m"
    )
    assert server.requests == []


def test_interrupted_it_says_so_with_the_usual_code(cli, course, server, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("preceptor.annotate.asking.AskingAnnotator.annotate", interrupt)

    assert cli(*asked(course, server, "--yes")).code == INTERRUPTED
