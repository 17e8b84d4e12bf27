import json

import pytest

from preceptor.bench import BenchOptions, make_bench
from preceptor.bench.memory import MemoryBench
from preceptor.domain import UserError


def test_training_is_measured_from_reading_the_log_to_scoring(tmp_path):
    (row,) = MemoryBench(5_000).run(BenchOptions(batches=2, runs=tmp_path), lambda *step: None)
    assert row.name == "dkt, 5,000 interactions: peak memory"
    assert (row.reference, row.unit) == (4.0, "GB")
    told = json.loads((tmp_path / "training-memory-dkt.json").read_text())["detail"]
    whole, *parts = told["rows"]
    assert whole == sum(parts) == 5_000
    assert told["trained_answers"] > 0
    assert list(told["peaks"].values()) == sorted(told["peaks"].values())
    assert row.ours == pytest.approx(told["peaks"]["scored"], rel=0.05)


def test_another_tracer_is_refused():
    with pytest.raises(UserError, match="Unknown tracer 'bert'"):
        make_bench("training-memory").run(BenchOptions(only=("bert",)), lambda *step: None)
