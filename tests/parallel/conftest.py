import sys
from pathlib import Path

import pytest
import torch

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


@pytest.fixture(autouse=True)
def threads_as_before():
    """Other tests compare what one thread computes bit for bit."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)
