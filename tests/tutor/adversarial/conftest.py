"""Loads the examiner's modules, which are scripts beside the tests and no part of the product."""

import importlib
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def examiner():
    """Import a module of this folder by its name."""

    def load(name):
        sys.path.insert(0, str(Path(__file__).parent))
        try:
            return importlib.import_module(name)
        finally:
            sys.path.pop(0)

    return load
