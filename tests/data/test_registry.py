from pathlib import Path

import pytest

from preceptor.data import ReadOptions, make_reader, reader_names
from preceptor.domain import UserError


def test_the_readers_are_listed():
    assert {"akt-folds", "datashop", "kddcup", "oatutor", "table"} <= set(reader_names())


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UserError, match="Unknown format 'tabel'") as caught:
        make_reader("tabel")
    assert "'table'" in caught.value.mend


@pytest.mark.parametrize("name", reader_names())
def test_every_reader_says_what_is_missing(name):
    with pytest.raises(UserError, match="nowhere"):
        make_reader(name).read([Path("nowhere")], ReadOptions())
