"""Clusters of concepts: one clustering, both directions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.annotate.clustering import by_size, cluster_numbers, clustered
from preceptor.domain import Bank, Concept


def around(center, count, rng, spread=0.01):
    rows = center + spread * rng.normal(size=(count, len(center)))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def blobs():
    """Two concepts alike, five others alike, and one that is like none."""
    rng, axes = np.random.default_rng(5), np.eye(6)
    near = (axes[0] + axes[1]) / 2**0.5
    return np.vstack([around(axes[0], 2, rng), around(near, 5, rng), -axes[:1]])


def test_the_largest_cluster_is_number_0_and_an_outlier_stands_alone_last(blobs):
    assert cluster_numbers(blobs).tolist() == [1, 1, 0, 0, 0, 0, 0, 2]


def test_concepts_without_any_known_word_are_not_alike():
    vectors = np.vstack([np.tile([1.0, 0.0], (3, 1)), np.zeros((2, 2))])
    numbers = cluster_numbers(vectors)
    assert len(set(numbers[:3].tolist())) == 1
    assert len({numbers[3], numbers[4], numbers[0]}) == 3


@settings(deadline=None, derandomize=True)
@given(st.lists(st.integers(-1, 4), min_size=1, max_size=30))
def test_numbers_fall_with_size_and_every_outlier_is_alone(labels):
    labels = np.array(labels)
    numbers = by_size(labels)
    sizes = np.bincount(numbers)
    members = {label: set(np.flatnonzero(labels == label)) for label in set(labels.tolist()) - {-1}}
    grouped = [set(np.flatnonzero(numbers == number).tolist()) for number in range(len(sizes))]
    clusters = len(members)
    assert all(sizes[:clusters][i] >= sizes[:clusters][i + 1] for i in range(clusters - 1))
    assert sorted(map(sorted, grouped[:clusters])) == sorted(map(sorted, members.values()))
    assert all(len(group) == 1 for group in grouped[clusters:])


def test_exrec_inconsistent_cluster_files_cannot_arise(blobs):
    """exrec.md §7.1 item 6: there, concepts by cluster and questions by cluster came from two clusterings."""
    concepts = clustered([Concept(f"c{i}", f"name {i}") for i in range(8)], blobs)
    bank = Bank(concepts, ())
    assert bank.clusters == {"c0": ("c0", "c1"), "c2": ("c2", "c3", "c4", "c5", "c6"), "c7": ("c7",)}
    back = {concept: cluster for cluster, members in bank.clusters.items() for concept in members}
    assert back == {c.concept_id: c.cluster or c.concept_id for c in concepts}
    assert concepts[7].cluster == ""


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_concepts_stand_alone(count):
    assert cluster_numbers(np.eye(3)[:count]).tolist() == list(range(count))
