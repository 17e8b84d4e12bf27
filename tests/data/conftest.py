from pathlib import Path

import pytest

from preceptor.data import Imported, ReadOptions, make_reader

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"


@pytest.fixture
def read_table(tmp_path):
    """Reads CSV text (or bytes) through the table reader."""

    def read(content: str | bytes, name: str = "log.csv", **options: object) -> Imported:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return make_reader("table").read([path], ReadOptions(**options))

    return read


@pytest.fixture
def real_data():
    """Finds a real data set beside the project, or skips."""

    def find(name: str) -> Path:
        folder = SHARED / name
        if not folder.is_dir():
            pytest.skip(f"the data set {name} is not beside this checkout")
        return folder

    return find
