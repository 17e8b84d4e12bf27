import csv

import pytest

from preceptor.curriculum.parallel import parallel_forms
from preceptor.domain import UserError
from preceptor.workflow.forms import write_forms


def _rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_items_and_keys_are_written_apart(tmp_path):
    result = write_forms(tmp_path / "out", 2, ("slope", "mean"), "en")
    assert result["items"] == 4
    assert result["files"] == sorted(path.name for path in (tmp_path / "out").iterdir())
    forms = {form.letter: [i for i in form.items if i.concept_id in ("slope", "mean")] for form in parallel_forms(2)}
    for letter, items in forms.items():
        asked, keys = (_rows(tmp_path / "out" / f"form-{letter}{part}.csv") for part in ("", "-keys"))
        assert [row["text"] for row in asked] == [item.question.text for item in items]
        assert [row["key"] for row in keys] == [item.question.key for item in items]
        assert "key" not in asked[0]
        assert {row["concept"] for row in asked} == {"slope", "mean"}


@pytest.mark.parametrize(
    ("items", "concepts", "language", "told"),
    [
        (0, (), "en", "items is 0"),
        (31, (), "en", "1 to 30"),
        (1, ("slpe",), "en", "slpe"),
        (1, (), "fr", "'fr'"),
    ],
)
def test_mistakes_write_nothing(tmp_path, items, concepts, language, told):
    with pytest.raises(UserError, match=told):
        write_forms(tmp_path / "out", items, concepts, language)
    assert not (tmp_path / "out").exists()
