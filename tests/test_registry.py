"""Names of parts, those of other packages included."""

from importlib.metadata import EntryPoint

import pytest

from preceptor import registry
from preceptor.data.registry import READERS, make_reader, reader_names
from preceptor.domain import UserError
from preceptor.forgetting.registry import CURVES
from preceptor.recommend.registry import OBJECTIVES, POLICIES
from preceptor.trace.registry import TRACERS

EVERY = pytest.mark.parametrize("parts", [CURVES, OBJECTIVES, POLICIES, READERS, TRACERS], ids=lambda parts: parts.kind)


@EVERY
def test_every_name_resolves_to_a_class_of_that_name(parts):
    for name in parts.names():
        assert getattr(parts.resolve(name), "name", name) == name


@EVERY
def test_an_unknown_name_lists_the_known(parts):
    with pytest.raises(UserError, match=f"Unknown {parts.kind} 'nothing'") as caught:
        parts.resolve("nothing")
    assert all(name in caught.value.allowed for name in parts.names())


def test_other_packages_may_bring_parts_but_replace_none(monkeypatch):
    mine = EntryPoint("mine", "preceptor.data.table:TableReader", READERS.group)
    taken = EntryPoint("oatutor", "preceptor.data.table:TableReader", READERS.group)
    monkeypatch.setattr(registry, "entry_points", lambda group: [mine, taken] if group == READERS.group else [])
    assert "mine" in reader_names()
    assert type(make_reader("mine")).__name__ == "TableReader"
    assert type(make_reader("oatutor")).__name__ == "OATutorReader"
    assert "mine" not in TRACERS.names()


def test_a_part_of_another_package_that_cannot_be_imported_is_named(monkeypatch):
    gone = EntryPoint("gone", "nowhere.at_all:Reader", READERS.group)
    monkeypatch.setattr(registry, "entry_points", lambda group: [gone] if group == READERS.group else [])
    with pytest.raises(UserError, match="'gone' is promised by another package"):
        make_reader("gone")
