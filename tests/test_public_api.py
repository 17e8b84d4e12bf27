"""The package's own names: lazy, complete, and never in the way of a room."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import preceptor

ROOMS = {module.name for module in pkgutil.iter_modules(preceptor.__path__)}


def test_every_public_name_is_the_object_it_stands_for():
    for name in preceptor.__all__:
        module, _, attribute = preceptor._PUBLIC[name].partition(":")
        assert getattr(preceptor, name) is getattr(import_module(module), attribute), name


def test_the_list_of_names_is_complete():
    assert set(preceptor.__all__) == set(preceptor._PUBLIC)
    assert set(preceptor.__all__) <= set(dir(preceptor))


def test_no_public_name_is_a_rooms_name():
    assert ROOMS.isdisjoint(preceptor.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'teach'"):
        preceptor.teach  # noqa: B018
    assert not hasattr(preceptor, "teach")


def test_importing_the_package_loads_no_room_and_nothing_heavy():
    script = (
        "import sys, preceptor\n"
        "heavy = {'numpy', 'torch', 'polars', 'sklearn', 'sympy', 'sqlalchemy', 'nicegui', 'typer', 'rich'}\n"
        "found = sorted(name for name in sys.modules if name in heavy or name.startswith('preceptor.'))\n"
        "print(found, preceptor.__version__)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", preceptor.__version__]
