import json

import pytest

from preceptor.bench.contract import BenchOptions, BenchRow
from preceptor.bench.kept import Measured, kept
from preceptor.domain import UserError


@pytest.fixture
def measure():
    """Measures another figure every time."""
    figures = iter(range(1, 100))
    return lambda: Measured([BenchRow("a", next(figures), 1.0, 2.0, "s", ratio_ci95=(1.5, 2.5))], {"why": "because"})


def test_a_part_is_taken_from_its_run_file_only_when_asked_and_alike(tmp_path, measure):
    def figure(resume, **config):
        rows = kept(BenchOptions(runs=tmp_path / "runs", resume=resume), "b", "part", config, measure)
        return rows[0].ours

    assert figure(True, size=1) == 1
    assert figure(True, size=1) == 1
    assert figure(False, size=1) == 2
    assert figure(True, size=2) == 3


def test_a_row_comes_back_as_it_was_and_the_file_says_what_stands_behind_it(tmp_path, measure):
    options = BenchOptions(runs=tmp_path, resume=True)
    first = kept(options, "b", "part", {"size": 1}, measure)
    assert list(kept(options, "b", "part", {"size": 1}, measure)) == list(first)
    record = json.loads((tmp_path / "b-part.json").read_text())
    assert record["config"] == {"size": 1}
    assert record["detail"] == {"why": "because"}
    assert record["machine"]["cores"] >= 1


def test_nothing_is_written_without_a_folder(tmp_path, monkeypatch, measure):
    monkeypatch.chdir(tmp_path)
    assert len(kept(BenchOptions(), "b", "part", {}, measure)) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_run_file_is_told(tmp_path, measure):
    (tmp_path / "b-part.json").write_text("{}")
    with pytest.raises(UserError, match=r"b-part\.json"):
        kept(BenchOptions(runs=tmp_path, resume=True), "b", "part", {}, measure)
