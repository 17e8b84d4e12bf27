import numpy as np
import pytest

from preceptor.bench import BenchOptions, embedding, make_bench
from preceptor.domain import UserError


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(embedding, "TEXTS", 200)
    monkeypatch.setattr(embedding, "QUESTIONS", 300)
    monkeypatch.setattr(embedding, "CONCEPTS", 10)
    monkeypatch.setattr(embedding, "WIDTH", 16)
    monkeypatch.setattr(embedding, "default_encoder", lambda: "lexical")


def test_all_parts_are_measured():
    rows = {row.name: row for row in make_bench("embed").run(BenchOptions(), lambda *step: None)}
    assert {row.unit for row in rows.values()} == {"texts/s", "s", "min"}
    again = rows["lexical, a run after 1% new texts, beside the full run of 200"]
    assert again.ratio == pytest.approx(again.reference / again.ours)
    assert again.limit == 20.0
    head = rows["training a projection on 300 questions with 4 steps each"]
    assert head.reference == 10.0
    assert head.ours > 0


def test_made_up_questions_lie_near_their_concepts():
    vectors, labels, texts = embedding.made_up_bank(300, seed=1)
    assert len(set(texts)) == 300
    own = vectors.concepts[labels.of_question.argmax(axis=1)]
    assert ((vectors.questions * own).sum(axis=1) > np.median(vectors.questions @ vectors.concepts.T)).mean() > 0.9


def test_made_up_texts_are_different():
    assert len(set(embedding.made_up_texts(50, seed=0))) == 50


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="Unknown part 'words'"):
        make_bench("embed").run(BenchOptions(only=("words",)), lambda *step: None)
