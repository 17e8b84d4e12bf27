from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from preceptor.data import ReadOptions, make_reader, reader_names, registry
from preceptor.domain import UserError


def test_the_readers_are_listed():
    assert reader_names() == ("akt-folds", "oatutor", "table")


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UserError, match="Unknown format 'tabel'") as caught:
        make_reader("tabel")
    assert "'table'" in caught.value.mend


@pytest.mark.parametrize("name", ["akt-folds", "oatutor", "table"])
def test_every_reader_says_what_is_missing(name):
    with pytest.raises(UserError, match="nowhere"):
        make_reader(name).read([Path("nowhere")], ReadOptions())


def test_other_packages_may_bring_readers(monkeypatch):
    outside = EntryPoint("mine", "preceptor.data.table:TableReader", registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "entry_points", lambda group: [outside] if group == outside.group else [])
    assert "mine" in reader_names()
    assert type(make_reader("mine")).__name__ == "TableReader"
