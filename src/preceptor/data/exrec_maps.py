"""ExRec's maps between KCs, questions and clusters, and the repair of the one that contradicts the others."""

from collections.abc import Mapping
from pathlib import Path

from preceptor.data.names import json_object
from preceptor.domain import UserError


def read_links(path: Path, encoding: str) -> dict[str, list[int]]:
    """KC → numbers of its questions, from `kc_questions_map.json`.

    Raises:
        UserError: If the file is damaged.
    """
    return {kc: _numbers(path, kc, found) for kc, found in json_object(path, encoding).items()}


def read_clusters(path: Path, encoding: str) -> dict[str, str]:
    """The cluster of every KC, from `kc_clusters.json`.

    Raises:
        UserError: If the file is damaged or a KC stands in two clusters.
    """
    found = [(kc, cluster) for cluster, kcs in json_object(path, encoding).items() for kc in _texts(path, kcs)]
    cluster_of = dict(found)
    if len(cluster_of) < len(found):
        raise UserError(f"Cannot read {path}: a KC stands in two clusters.", allowed="clusters that share out the KCs")
    return cluster_of


def cluster_questions(links: Mapping[str, list[int]], cluster_of: Mapping[str, str]) -> dict[str, set[int]]:
    """Cluster → its questions: the union over its KCs, so that both directions come from one clustering."""
    found: dict[str, set[int]] = {cluster: set() for cluster in cluster_of.values()}
    for kc, numbers in links.items():
        if kc in cluster_of:
            found[cluster_of[kc]].update(numbers)
    return found


def difference(path: Path, counted: Mapping[str, set[int]], encoding: str) -> str:
    """What `cluster_to_que_ids_map.json` says otherwise than the clusters themselves; empty if they agree.

    The file that ExRec publishes belongs to another clustering than its `kc_clusters.json`: numbers mean other things.

    Raises:
        UserError: If the file is damaged.
    """
    told = {cluster: set(_numbers(path, cluster, found)) for cluster, found in json_object(path, encoding).items()}
    if told == dict(counted):
        return ""
    same = sum(told.get(cluster) == questions for cluster, questions in counted.items())
    links, given = sum(map(len, counted.values())), sum(map(len, told.values()))
    return (
        f"{path.name} belongs to another clustering and was not used: it has {len(told):,} clusters with {given:,} "
        f"questions, kc_clusters.json has {len(counted):,}, and {same:,} of their numbers mean the same questions. "
        f"The questions of clusters were counted anew through their KCs: {links:,}."
    )


def _numbers(path: Path, name: str, found: object) -> list[int]:
    if not isinstance(found, list) or not all(type(number) is int for number in found):
        raise UserError(f"Cannot read {path}: {name!r} has {found!r}.", allowed="a list of question numbers")
    return list(dict.fromkeys(found))


def _texts(path: Path, found: object) -> list[str]:
    if not isinstance(found, list):
        raise UserError(f"Cannot read {path}: {found!r} is no list.", allowed="cluster → list of KCs")
    return [str(text) for text in found]
