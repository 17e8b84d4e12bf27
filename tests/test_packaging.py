"""Whoever installs with the constraints gets the versions that were tested."""

import re
import sys
import tomllib
from importlib.metadata import distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
CUDA = re.compile(r"nvidia-|cuda-|triton")  # what torch's CUDA build brings, at versions that torch itself pins
BACKEND_NEEDS = {"editables"}  # of editable builds, which the backend asks for only then


def dependencies(name, extras):
    """Every distribution that a distribution pulls in, with the extras named."""
    found = {}
    waiting = [(name, frozenset(extras))]
    while waiting:
        one, wanted = waiting.pop()
        known = found.setdefault(canonicalize_name(one), set())
        if known and wanted <= known:
            continue
        known |= wanted | {""}
        for requirement in map(Requirement, requires(one) or ()):
            marker = requirement.marker
            if CUDA.match(requirement.name):
                continue
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in wanted | {""}):
                waiting.append((requirement.name, frozenset(requirement.extras)))
    return found.keys() - {canonicalize_name(name)}


@pytest.fixture(scope="module")
def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    found = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines if line and not line.startswith("#")]
    assert all(found), "a line is no exact pin"
    assert len({canonicalize_name(pin[1]) for pin in found}) == len(found)
    return {canonicalize_name(pin[1]): pin[2] for pin in found}


def test_whatever_the_extras_pull_in_is_pinned_at_the_version_that_runs(pins):
    pulled = dependencies("preceptor", {"app", "llm", "text", "rl", "scale", "dev"})
    assert len(pulled) > 50
    assert pulled - pins.keys() == set()
    running = {name: distribution(name).version.partition("+")[0] for name in pulled}
    assert running == {name: pins[name] for name in pulled}


def test_the_build_is_pinned_too(pins):
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    assert {Requirement(line).name for line in build} == {"hatchling"}
    assert {
        "hatchling",
        "trove-classifiers",
        "pathspec",
        "pluggy",
        "packaging",
        "tomlkit",
    } | BACKEND_NEEDS <= pins.keys()


@pytest.mark.skipif(sys.platform != "linux", reason="some of the pinned packages are for Linux only")
def test_nothing_else_is_pinned(pins):
    build = {"hatchling", "trove-classifiers", "tomlkit"} | BACKEND_NEEDS
    assert pins.keys() - dependencies("preceptor", {"app", "llm", "text", "rl", "scale", "dev"}) == build
