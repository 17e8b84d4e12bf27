import pytest

from preceptor.bench import BenchOptions, make_bench
from preceptor.bench.imports import LIMITS, Limit
from preceptor.bench.synthetic_log import main, synthetic_log
from preceptor.domain import UserError


def test_the_same_seed_makes_the_same_log_and_students_answer_in_order():
    log = synthetic_log(1000, 3)
    assert log.equals(synthetic_log(1000, 3))
    assert not log.equals(synthetic_log(1000, 4))
    assert log["student"].n_unique() == 4
    histories = log.group_by("student").agg("timestamp")["timestamp"].to_list()
    assert all(times == sorted(times) for times in histories)
    assert log["concepts"].str.contains(";").any()


def test_the_log_is_written_as_text(tmp_path):
    main([str(tmp_path / "log.csv"), "300", "0"])
    lines = (tmp_path / "log.csv").read_text().splitlines()
    assert lines[0] == "student,question,concepts,correct,timestamp,duration"
    assert len(lines) == 301


def test_an_import_is_measured_against_its_limits(monkeypatch):
    monkeypatch.setitem(LIMITS, "tiny", Limit(500, 100.0, 0.001))
    told = []
    rows = make_bench("import").run(BenchOptions(only=("tiny",)), lambda *step: told.append(step))
    assert told == [("importing logs", 0, 1), ("importing logs", 1, 1)]
    time, cores, memory = rows
    assert (time.reference, time.unit) == (100.0, "s")
    assert time.ratio == pytest.approx(100.0 / time.ours)
    assert cores.ours > 0
    assert cores.reference is None
    assert cores.ratio is None
    assert (memory.reference, memory.unit) == (0.001, "GB")
    assert memory.ratio < 1  # no Python holds less than a megabyte: an unmet limit shows


def test_an_unknown_size_is_told():
    with pytest.raises(UserError, match="Unknown size '1m'") as caught:
        make_bench("import").run(BenchOptions(only=("1m",)), lambda *step: None)
    assert "1M" in caught.value.allowed
