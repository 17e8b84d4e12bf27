"""What is known of XES3G5M's questions: their Chinese texts, and the KCs that ExRec's language model gave them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preceptor.data.names import json_object
from preceptor.data.text import read_text
from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, UserError, question_id

QUESTIONS, EXERCISES = "questions.json", "moderate_exercise_info.jsonl"
ROUTES, LINKS, CLUSTERS = "kc_routes_map.json", "kc_questions_map.json", "kc_clusters.json"
_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True)
class Exercise:
    """What the metadata say of one question.

    Args:
        text: Its stem, in Chinese.
        key: The right answer; for a choice the text of the right option; empty if unknown.
        options: What may be chosen, in the order of their letters.
        analysis: How it is solved; empty if unknown.
    """

    text: str
    key: str = ""
    options: tuple[str, ...] = ()
    analysis: str = ""


def read_exercises(folder: Path, encoding: str) -> dict[str, Exercise]:
    """Texts of questions by number: those of `questions.json`, else of `moderate_exercise_info.jsonl`, else none.

    Raises:
        UserError: If the file is damaged; names the entry.
    """
    path = folder / QUESTIONS
    if path.is_file():
        found = json_object(path, encoding)
        return {number: _exercise(path, number, entry) for number, entry in found.items()}
    path = folder / EXERCISES
    if not path.is_file():
        return {}
    exercises = {}
    for row, line in enumerate(read_text(path, encoding).splitlines(), start=1):
        try:
            entry = json.loads(line)
            exercises[str(entry["exercise_id"])] = Exercise(_mathematics(entry["exercise_desc"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{path}, row {row} (line {row}) cannot be read: {error!r}.") from error
    return exercises


def read_concept_names(folder: Path, encoding: str) -> dict[str, str]:
    """Names of the original KCs by number; none where `kc_routes_map.json` is absent.

    Raises:
        UserError: If it is damaged.
    """
    path = folder / ROUTES
    return {number: str(name) for number, name in json_object(path, encoding).items()} if path.is_file() else {}


def build_questions(
    source: str,
    concepts_of: Mapping[str, Sequence[str]],
    names: Mapping[str, Concept],
    exercises: Mapping[str, Exercise],
) -> Bank:
    """Build the bank. Its questions are traced and never served: the texts are Chinese, which the tutor cannot read.

    Args:
        source: Name of the data set.
        concepts_of: Keys of the KCs of every question by its number.
        names: Concept by key.
        exercises: What is known of the questions by number.
    """
    questions = []
    for number, keys in concepts_of.items():
        concepts = [names[key] for key in keys]
        exercise = exercises.get(number)
        label = f"Question {number} ({', '.join(concept.name for concept in concepts)})"
        questions.append(
            Question(
                question_id=question_id(source, number),
                text=exercise.text if exercise else label,
                kind=QuestionKind.UNKNOWN,
                key=exercise.key if exercise else "",
                concepts=tuple(concept.concept_id for concept in concepts),
                options=exercise.options if exercise else (),
                steps=(Step(exercise.analysis),) if exercise and exercise.analysis else (),
                language=_LANGUAGE if exercise else "en",
            )
        )
    return Bank(tuple(names.values()), tuple(questions))


def read_annotated(folder: Path, source: str, encoding: str) -> tuple[Bank, dict[str, int]]:
    """Read the bank of ExRec's English KCs, without a log; a concept's code names its cluster.

    The questions of a cluster are counted anew as the union of its KCs' questions: the file that ExRec ships for it
    (`cluster_to_que_ids_map.json`) belongs to another clustering, where 14 of 1,405 numbers mean the same.

    Args:
        folder: Holds `kc_questions_map.json` and perhaps `kc_clusters.json` and the texts of questions.
        source: Name of the data set.
        encoding: Encoding of the files.

    Returns:
        The bank, and counts of `links` between KCs and questions, `clusters` and `cluster_links`.

    Raises:
        UserError: If a file is missing or damaged, or the clusters are no partition of the KCs.
    """
    links = {kc: _numbers(folder / LINKS, kc, found) for kc, found in json_object(folder / LINKS, encoding).items()}
    cluster_of = _clusters(folder / CLUSTERS, links, encoding)
    numbers = sorted({number for found in links.values() for number in found})
    concepts_of: dict[str, list[str]] = {str(number): [] for number in numbers}
    for kc, found in links.items():
        for number in found:
            concepts_of[str(number)].append(kc)
    codes = {kc: f"cluster {cluster}" for kc, cluster in cluster_of.items()}
    names = {kc: Concept(f"{source}:{kc}", kc, code=codes.get(kc, "")) for kc in links}
    bank = build_questions(source, concepts_of, names, read_exercises(folder, encoding))
    cluster_links = {(cluster_of[kc], number) for kc, found in links.items() if kc in cluster_of for number in found}
    counts = {"links": sum(map(len, links.values())), "clusters": len(set(cluster_of.values()))}
    counts |= {"cluster_links": len(cluster_links)}
    return bank, counts


def _numbers(path: Path, kc: str, found: object) -> list[int]:
    if not isinstance(found, list) or not all(isinstance(number, int) for number in found):
        raise UserError(f"Cannot read {path}: {kc!r} has {found!r}.", allowed="a list of question numbers")
    return list(dict.fromkeys(found))


def _clusters(path: Path, links: Mapping[str, object], encoding: str) -> dict[str, str]:
    """The cluster of every KC; none where the file is absent."""
    if not path.is_file():
        return {}
    found = [(kc, cluster) for cluster, kcs in json_object(path, encoding).items() for kc in _texts(path, kcs)]
    cluster_of = dict(found)
    odd = sorted(cluster_of.keys() ^ links.keys())
    if odd or len(cluster_of) < len(found):
        told = f"{odd[0]!r} stands in only one of {path.name} and {LINKS}" if odd else "a KC stands in two clusters"
        raise UserError(f"Cannot read {path}: {told}.", allowed="clusters that share out the KCs")
    return cluster_of


def _texts(path: Path, found: object) -> list[str]:
    if not isinstance(found, list):
        raise UserError(f"Cannot read {path}: {found!r} is no list.", allowed="cluster → list of KCs")
    return [str(text) for text in found]


def _exercise(path: Path, number: str, entry: Any) -> Exercise:
    try:
        options = {letter: _mathematics(text) for letter, text in sorted((entry.get("options") or {}).items())}
        answers = [_mathematics(options.get(answer, answer)) for answer in entry["answer"]]
        text, analysis = _mathematics(entry["content"]), _mathematics(entry.get("analysis") or "")
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"Cannot read {path}: question {number!r} lacks or has a wrong {error}.") from error
    return Exercise(text, "; ".join(answers), tuple(options.values()), analysis)


def _mathematics(text: str) -> str:
    """Mathematics in single dollar signs, as everywhere in Preceptor."""
    return text.replace("$$", "$").strip()
