"""`preceptor embed`: what it prints."""

import pytest


@pytest.fixture
def quick(monkeypatch):
    from preceptor.embed.head import TuningPlan

    monkeypatch.setattr("preceptor.embed.head.TuningPlan", lambda: TuningPlan(epochs=2))


def test_it_prints_one_json_object(cli, course_copy):
    found = cli("embed", course_copy, "--encoder", "lexical", "--json").json()
    assert found["encoder"] == "lexical"
    assert found["questions"] > 0
    assert found["fine_tune"] is None
    assert found["tuned"] is False
    assert found["run"].endswith("-embed.json")


def test_fine_tuning_shows_before_and_after(cli, course_copy, quick):
    shown = cli("embed", course_copy, "--encoder", "lexical", "--fine-tune")
    assert shown.code == 0
    assert "questions held out" in shown.out
    assert "passes, the best was" in shown.out


def test_training_tells_of_the_texts(cli, course_copy):
    cli("embed", course_copy, "--encoder", "lexical")
    shown = cli("train", course_copy, "--model", "dkt", "--size", "small", "--vectors", "frozen")
    assert "Texts: frozen vectors of lexical (the course's)." in " ".join(shown.out.split())


def test_an_unknown_encoder_is_refused(refused, course_copy):
    assert "did you mean 'minilm'" in refused("embed", course_copy, "--encoder", "minilmm")
    assert "network" in refused("embed", course_copy, "--encoder", "lexical", "--fine-tune", "--full")
