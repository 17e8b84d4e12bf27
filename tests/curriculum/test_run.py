import json

import pytest

from preceptor.curriculum import CONCEPTS
from preceptor.curriculum.audit import run
from preceptor.curriculum.bank import QUESTIONS_PER_FAMILY


@pytest.fixture(autouse=True)
def built_once(monkeypatch, bank):
    """The whole bank, which every test form is compared with, is there already."""
    monkeypatch.setattr(run, "built_in_bank", lambda: bank)


def test_one_run_file_holds_counts_problems_and_measures(tmp_path, monkeypatch, capsys):
    few = run.families()[:2]
    monkeypatch.setattr(run, "families", lambda: few)
    monkeypatch.setattr("preceptor.curriculum.parallel.CONCEPTS", CONCEPTS[:2])
    out = tmp_path / "run.json"
    ticks = iter([10.0, 12.5])
    assert (
        run.main(["--seeds", "3", "--items", "1", "--backend", "here", "--out", str(out)], clock=lambda: next(ticks))
        == 0
    )
    found = json.loads(out.read_text())
    assert found["seconds"] == 2.5
    assert found["families"] == 2
    assert found["checked"]["families"] == {"en": 6, "de": 6}
    assert found["checked"]["bank"] == {"en": 2 * QUESTIONS_PER_FAMILY, "de": 2 * QUESTIONS_PER_FAMILY}
    assert found["checked"]["test_forms"]["en"] == 3 * 2
    assert found["problems"] == {"families": {}, "bank": {}, "test_forms": {}}
    assert set(found["reading_grade"]) == {family.name for family in few}
    assert "0 problems" in capsys.readouterr().out


def test_problems_end_the_run_with_a_failure(tmp_path, monkeypatch, capsys, sum_draft, family_of):
    monkeypatch.setattr(run, "families", lambda: (family_of(sum_draft()),))
    monkeypatch.setattr(run, "QUESTIONS_PER_FAMILY", 1)
    monkeypatch.setattr("preceptor.curriculum.parallel.CONCEPTS", CONCEPTS[:1])
    assert run.main(["--seeds", "1", "--items", "1", "--backend", "here", "--out", str(tmp_path / "run.json")]) == 1
    assert "not translated" in capsys.readouterr().out
