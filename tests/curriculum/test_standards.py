"""The prerequisites beside an independent map of the Common Core standards, where it is at hand."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from preceptor.curriculum import CONCEPTS

MAP = Path(__file__).parents[2] / "../shared/data/ccssm/ccssm-dependencies.csv"
STANDARDS = Path(__file__).parents[2] / "../shared/data/ccssm/ccssm-k8.csv"

pytestmark = pytest.mark.skipif(not MAP.exists(), reason="the Common Core map is not at ../shared/data/ccssm")


@pytest.fixture(scope="module")
def later():
    """Standard → all standards that build on it."""
    after = defaultdict(set)
    with MAP.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["relationship"] == "dependency":
                after[_standard(row["source"])].add(_standard(row["target"]))

    def reach(code, seen=()):
        found = set(seen)
        waiting = [code]
        while waiting:
            new = after[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return found

    return reach


def _standard(code):
    """7.RP.A.2.c belongs to 7.RP.A.2."""
    return ".".join(code.split(".")[:4])


def test_every_code_is_a_standard():
    with STANDARDS.open(newline="") as file:
        known = {
            ".".join((r["grade_level_code"], r["domain_code"], r["cluster_code"], r["standard_counter"]))
            for r in csv.DictReader(file)
        }
    assert {concept.code for concept in CONCEPTS} <= known


def test_no_prerequisite_turns_the_standards_around(later):
    code = {concept.concept_id: concept.code for concept in CONCEPTS}
    turned = [
        (prerequisite, concept.concept_id)
        for concept in CONCEPTS
        for prerequisite in concept.prerequisites
        if code[prerequisite] != concept.code
        and code[prerequisite] in later(concept.code)
        and concept.code not in later(code[prerequisite])
    ]
    assert turned == []
