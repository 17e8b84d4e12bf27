import pytest

from preceptor.bench import BenchOptions, make_bench, online
from preceptor.bench.online_steps import fitted
from preceptor.domain import UserError
from preceptor.trace import tracer_names


def test_one_student_waits_within_limits_of_the_kind_of_tracer(monkeypatch):
    monkeypatch.setattr(online, "HISTORIES", (3,))
    monkeypatch.setattr(online, "REPEATS", 5)
    rows = make_bench("online").run(BenchOptions(only=("history",)), lambda *step: None)
    limits = {row.name: row.reference for row in rows}
    assert limits["history, update + mastery after 3 answers, p95"] == 2.0
    assert limits["history, update after 3 answers, p95"] == 5.0
    assert limits["history, P(correct) after 3 answers, median"] is None
    spent = {row.name: row.ours for row in rows}
    assert spent["history, update + mastery after 3 answers, p95"] > spent["history, update after 3 answers, p95"] > 0


def test_attention_may_take_longer():
    assert set(online.TOGETHER_MS) < set(tracer_names())
    assert min(online.TOGETHER_MS.values()) > online.RECURRENT_MS


def test_akt_with_four_blocks_stands_beside_the_one_with_one():
    tracer = fitted("akt-4", seed=0)
    assert len(tracer.network.answer_encoder) == 4 > len(fitted("akt", seed=0).network.answer_encoder)


def test_an_unknown_tracer_is_told():
    with pytest.raises(UserError, match="Unknown tracer 'none'"):
        make_bench("online").run(BenchOptions(only=("none",)), lambda *step: None)
