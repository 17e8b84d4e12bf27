import sys
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)


@pytest.fixture(scope="session")
def swept():
    """The functions of `swept`, under a name that workers can import."""
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(HERE)
    patch.setenv("PYTHONPATH", HERE, prepend=":")
    import swept as functions

    yield functions
    patch.undo()
    sys.modules.pop("swept", None)
