"""What comes before what: the framework's word, else a proposal that says so."""

import numpy as np

from preceptor.annotate import Source
from preceptor.annotate.prerequisites import prerequisites
from preceptor.domain import Concept

CHAIN = (Concept("a", "a", grade=1), Concept("b", "b", grade=2, prerequisites=("a",)),
         Concept("c", "c", grade=3, prerequisites=("b",)))  # fmt: skip


def pairs(found, source):
    return {(edge.concept_id, edge.needs) for edge in found if edge.source is source}


def test_edges_of_the_framework_pass_through_concepts_that_nothing_uses():
    found = prerequisites([CHAIN[0], CHAIN[2]], CHAIN, np.eye(2))
    assert pairs(found, Source.FRAMEWORK) == {("c", "a")}
    assert not pairs(found, Source.PROPOSED)


def test_a_concept_the_framework_does_not_know_gets_the_nearest_easier_one_marked_as_proposed():
    own = Concept("own", "like c", grade=3)
    vectors = np.array([[1.0, 0, 0], [0, 1, 0], [0.6, 0.8, 0]])
    found = prerequisites([CHAIN[0], CHAIN[1], own], CHAIN, vectors)
    (edge,) = [edge for edge in found if edge.source is Source.PROPOSED]
    assert (edge.concept_id, edge.needs) == ("own", "b")
    assert edge.evidence == "grade 2 before grade 3, similarity 0.80"


def test_nothing_is_proposed_without_grades_or_likeness():
    strange = Concept("s", "strange", grade=9)
    ungraded = Concept("u", "ungraded")
    found = prerequisites([CHAIN[0], strange, ungraded], (), np.eye(3))
    assert found == ()
