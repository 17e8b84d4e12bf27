import pytest

from preceptor.bench import imports
from preceptor.bench.contract import BenchRow
from preceptor.cli.bench import verdict


@pytest.fixture(autouse=True)
def small_sizes(monkeypatch):
    """One small size instead of the large ones."""
    monkeypatch.setattr(imports, "LIMITS", {"tiny": imports.Limit(500, 100.0, 10.0)})


def test_rows_are_printed_and_the_same_rows_are_json(cli):
    found = cli("bench", "import", "--json").json()
    assert found["bench"] == "import"
    assert len(found["rows"]) == 3
    assert all({"name", "ours", "reference", "ratio", "unit", "limit"} <= set(row) for row in found["rows"])
    shown = cli("bench", "import", "--only", "tiny").out
    assert "tiny interactions: time" in shown
    assert "100" in shown


def test_a_word_says_whether_the_limit_is_met():
    assert verdict(BenchRow("a", 5.0, 4.0, 1.25, "s")) == "met"
    assert verdict(BenchRow("a", 5.0, 4.0, 1.25, "s", limit=2.0)) == "missed"
    assert verdict(BenchRow("a", 5.0, None, None, "s", limit=2.0)) == "no peer"
    assert verdict(BenchRow("a", 5.0, None, None, "s")) == ""


def test_unknown_names_are_refused(refused):
    assert "import" in refused("bench", "imports")
    assert "tiny" in refused("bench", "import", "--only", "huge")


def test_what_a_bench_would_ignore_is_refused(refused):
    told = refused("bench", "import", "--threads", "9")
    assert "takes no --threads" in told
    assert "--only" in told
