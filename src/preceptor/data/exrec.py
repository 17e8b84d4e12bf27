"""ExRec (Ozyurt et al., 2025): annotated questions, KC and cluster maps, vectors and the tracing network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.data.exrec_checkpoint import read_checkpoint
from preceptor.data.exrec_files import Part, Parts, find_parts
from preceptor.data.exrec_maps import cluster_questions, difference, read_clusters, read_links
from preceptor.data.exrec_names import Names
from preceptor.data.exrec_questions import Annotated, read_annotated
from preceptor.data.exrec_vectors import Vectors, missing, read_vectors, scaled
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ImportedVectors, ReadOptions
from preceptor.data.xes3g5m_metadata import Exercise, build_questions, read_exercises
from preceptor.domain import Bank, Concept, Log, Question, Step, UserError


class ExRecReader:
    """Reads any of ExRec's files; what is lacking is said.

    The questions of clusters are counted through the KCs of `kc_clusters.json`, never read: the file that ExRec
    publishes for them belongs to another clustering.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"source", "encoding", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read the files named and those in the folders named.

        Args:
            sources: Files or folders, for example ExRec's folder `data`.
            options: Takes `source`, `encoding` and `on_bad_row`.

        Raises:
            UserError: If files are missing, damaged or contradict each other.
        """
        parts = find_parts(sources)
        if not parts.keys() & {Part.QUESTIONS, Part.LINKS}:
            raise UserError(
                f"There is neither {Part.QUESTIONS} nor {Part.LINKS}, so nothing is known of the questions.",
                mend="name the folder or the file they stand in too",
            )
        found = _Found.read(parts, options.encoding)
        names = Names.of(parts, options)
        bank = _bank(found, names)
        vectors, problems = _vectors(parts, found, names, options.encoding)
        rejects = settle([*found.problems, *problems], options.on_bad_row)
        network = read_checkpoint(parts[Part.CHECKPOINT][0]) if Part.CHECKPOINT in parts else None
        notes = (*found.notes, *_lacking(parts, found, left_out=bool(problems)))
        usable = network if vectors else None
        return Imported(bank, Log.empty(), found.counts, notes, rejects, vectors, usable)


@dataclass
class _Found:
    """What the files say, by numbers and KCs."""

    annotated: dict[int, Annotated]
    links: dict[str, list[int]]
    cluster_of: dict[str, str]
    exercises: dict[str, Exercise]
    problems: list[Problem]
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, parts: Parts, encoding: str) -> "_Found":
        annotated, problems = read_annotated(parts.get(Part.QUESTIONS, ()), encoding)
        links = read_links(parts[Part.LINKS][0], encoding) if Part.LINKS in parts else _links_of(annotated)
        cluster_of = read_clusters(parts[Part.CLUSTERS][0], encoding) if Part.CLUSTERS in parts else {}
        exercises = {} if annotated else read_exercises(parts[Part.LINKS][0].parent, encoding)
        found = cls(annotated, links, cluster_of, exercises, problems)
        found.links |= {kc: [] for kc in found.step_concepts() if kc not in links}
        found._check_clusters(parts)
        found._count(parts, encoding)
        return found

    def step_concepts(self) -> Iterable[str]:
        """KCs of the annotations, those that stand in no map included."""
        return dict.fromkeys(kc for question in self.annotated.values() for kc in question.concepts)

    def numbers(self) -> list[int]:
        """Numbers of all questions."""
        return sorted({*self.annotated, *(number for found in self.links.values() for number in found)})

    def _check_clusters(self, parts: Parts) -> None:
        odd = [kc for kc in self.cluster_of if kc not in self.links]
        if odd:
            raise UserError(
                f"Cannot read {parts[Part.CLUSTERS][0]}: {odd[0]!r} stands in only one of {Part.CLUSTERS} and the KCs "
                "of the questions.",
                allowed="clusters that share out the KCs",
            )
        alone = len(self.links) - len(self.cluster_of)
        if self.cluster_of and alone:
            self.notes.append(f"{Part.CLUSTERS} lacks {alone:,} of {len(self.links):,} KCs; these stand alone.")

    def _count(self, parts: Parts, encoding: str) -> None:
        counted = cluster_questions(self.links, self.cluster_of)
        self.counts = {"links": sum(map(len, self.links.values())), "clusters": len(counted)}
        self.counts["cluster_links"] = sum(map(len, counted.values()))
        if Part.CLUSTER_QUESTIONS in parts and self.cluster_of:
            told = difference(parts[Part.CLUSTER_QUESTIONS][0], counted, encoding)
            self.notes += [told] if told else []
        if not self.annotated:
            return
        values = self.annotated.values()
        self.counts["questions_annotated"] = len(self.annotated)
        self.counts["questions_without_steps"] = sum(not question.steps for question in values)
        self.counts["questions_without_concepts"] = sum(not question.concepts for question in values)


def _links_of(annotated: Mapping[int, Annotated]) -> dict[str, list[int]]:
    links: dict[str, list[int]] = {}
    for number, question in annotated.items():
        for kc in dict.fromkeys(question.concepts):
            links.setdefault(kc, []).append(number)
    return links


def _bank(found: _Found, names: Names) -> Bank:
    clusters = {kc: names.cluster(number) for kc, number in found.cluster_of.items()}
    concepts = {kc: Concept(names.concept(kc), kc, cluster=clusters.get(kc, "")) for kc in found.links}
    numbers = found.numbers()
    kcs_of: dict[int, list[str]] = {number: [] for number in numbers}
    for kc, linked in found.links.items():
        for number in linked:
            kcs_of[number].append(kc)
    plain = {str(number): kcs for number, kcs in kcs_of.items() if number not in found.annotated}
    labelled = build_questions(lambda number: names.question(int(number)), plain, concepts, found.exercises)
    unannotated = iter(labelled.questions)
    questions = [
        _question(names.question(number), found.annotated[number], kcs, concepts)
        if number in found.annotated
        else next(unannotated)
        for number, kcs in kcs_of.items()
    ]
    return Bank(tuple(concepts.values()), tuple(questions))


def _question(own_id: str, entry: Annotated, linked: Sequence[str], concepts: Mapping[str, Concept]) -> Question:
    """A question; the maps say what it is about, its annotation in which order and what its steps use."""
    own = [kc for kc in dict.fromkeys(entry.concepts) if kc in linked]
    own += [kc for kc in linked if kc not in own]
    used: list[list[str]] = [[] for _ in entry.steps]
    for step, kc in entry.pairs:
        used[step].append(concepts[entry.concepts[kc]].concept_id)
    return Question(
        question_id=own_id,
        text=entry.text,
        kind=entry.kind,
        key=entry.key,
        concepts=tuple(concepts[kc].concept_id for kc in own),
        options=entry.options,
        steps=tuple(Step(text, tuple(dict.fromkeys(kcs))) for text, kcs in zip(entry.steps, used, strict=True)),
        language=entry.language,
        uncheckable=entry.uncheckable,
    )


def _vectors(parts: Parts, found: _Found, names: Names, encoding: str) -> tuple[ImportedVectors | None, list[Problem]]:
    """Vectors of all questions and KCs, or none and what has none."""
    if not {Part.QUESTION_VECTORS, Part.CONCEPT_VECTORS} <= parts.keys():
        return None, []
    of_questions = read_vectors(parts[Part.QUESTION_VECTORS], encoding)
    of_concepts = read_vectors(parts[Part.CONCEPT_VECTORS], encoding)
    numbers = [str(number) for number in found.numbers()]
    path, concept_path = parts[Part.QUESTION_VECTORS][0], parts[Part.CONCEPT_VECTORS][0]
    lacking = missing(path, numbers, of_questions.keys() | names.silent_questions, "question")
    lacking += missing(concept_path, found.links, of_concepts.keys() | names.silent_concepts, "KC")
    if lacking or not (of_questions or of_concepts):
        return None, lacking
    width = len(next(iter({**of_questions, **of_concepts}.values())))
    questions, concepts = _rows(of_questions, numbers, width), _rows(of_concepts, found.links, width)
    if questions.shape[1] != concepts.shape[1]:
        raise UserError(
            f"{path} has vectors of {questions.shape[1]} numbers, {concept_path} of {concepts.shape[1]}.",
            allowed="one width for both",
        )
    question_ids = tuple(names.question(number) for number in found.numbers())
    return ImportedVectors(question_ids, tuple(map(names.concept, found.links)), questions, concepts), []


def _rows(vectors: Vectors, names: Iterable[str], width: int) -> NDArray[np.float32]:
    """Vectors [n, width]; of length 0 where the text says nothing."""
    nothing = np.zeros(len(next(iter(vectors.values()), range(width))), dtype=np.float32)
    return scaled(np.stack([vectors.get(name, nothing) for name in names]))


def _lacking(parts: Parts, found: _Found, *, left_out: bool) -> list[str]:
    """What the course will not have, one sentence each."""
    notes = []
    if not found.annotated:
        notes.append(f"There is no {Part.QUESTIONS}: questions are traced by their KCs and never served.")
    if not found.links:
        notes.append("No question has a KC: annotate the course.")
    if not found.cluster_of:
        unused = f", so {Part.CLUSTER_QUESTIONS} says nothing" if Part.CLUSTER_QUESTIONS in parts else ""
        notes.append(f"There is no {Part.CLUSTERS}{unused}: every KC stands alone.")
    given = parts.keys() & {Part.QUESTION_VECTORS, Part.CONCEPT_VECTORS}
    if left_out and len(given) == 2:
        notes.append("Some questions or KCs have no vector, so all vectors were left out.")
    elif len(given) == 1:
        lacking = ({Part.QUESTION_VECTORS, Part.CONCEPT_VECTORS} - given).pop()
        notes.append(f"There is no {lacking}, so the other vectors were left out.")
    if Part.CHECKPOINT in parts and (left_out or len(given) < 2):
        notes.append(f"{parts[Part.CHECKPOINT][0].name} was left out: it needs vectors of all questions and KCs.")
    return notes
