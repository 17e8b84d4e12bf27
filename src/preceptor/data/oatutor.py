"""Reads the question bank of OATutor: one question is one step of a problem, its pathway the worked solution."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from preceptor.data.oatutor_archive import Archive, find_archive, read_archive
from preceptor.data.oatutor_steps import hints, worked_steps
from preceptor.data.oatutor_text import Prose, answer, convert, fill_in, skill_name, skill_slug
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError, question_id, unknown_name

DEFAULT_SOURCE = "oatutor"
NOT_MATHEMATICS = ("physics", "chemistry", "data 8")
FIGURE_MISSING = "the question shows a figure that the archive leaves out"
TEXT_BROKEN = "the mathematics of the text is damaged in the archive"


class OATutorReader:
    """Reads `oatutor_content_json.tar.gz`: problems, steps, pathways, skills and course plans.

    English mathematics courses are read unless `courses` names others. Steps with the same texts, answer and options
    as an earlier one are left out. Keys stay as the source writes them: `answers.vet` settles their kind and finds
    the ones that cannot be checked.
    """

    takes: ClassVar[frozenset[str]] = frozenset({"source", "courses", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read one archive, or the folder it lies in.

        Args:
            sources: One path.
            options: `courses`, `source` and `on_bad_row` are used.

        Raises:
            UserError: If the archive is missing, truncated or incomplete, or a course is unknown.
        """
        if len(sources) != 1:
            raise UserError(f"{len(sources)} sources were given.", allowed="one folder or archive")
        archive = read_archive(find_archive(sources[0]))
        wanted = _courses(archive, options.courses)
        collector = _Collector(archive, wanted, options.source or DEFAULT_SOURCE)
        for number, problem_id in enumerate(sorted(archive.problems), start=1):
            collector.add(number, problem_id)
        rejects = settle(collector.faults, options.on_bad_row)
        bank = Bank(tuple(collector.concepts.values()), tuple(collector.questions))
        report = {**collector.report, "concepts": len(bank.concepts), "rows_rejected": len(rejects)}
        return Imported(bank, Log.empty(), report, (_note(wanted),), rejects)


class _Collector:
    """Gathers questions and concepts problem by problem."""

    def __init__(self, archive: Archive, courses: frozenset[str], source: str) -> None:
        self._archive = archive
        self._courses = courses
        self._source = source
        self._seen: set[tuple[str, ...]] = set()
        self.concepts: dict[str, Concept] = {}
        self.questions: list[Question] = []
        self.faults: list[Problem] = []
        counts = ("questions", "duplicates", "left_out_by_course", "uncheckable_figure", "uncheckable_text")
        self.report: Counter[str] = Counter(dict.fromkeys(counts, 0))

    def add(self, number: int, problem_id: str) -> None:
        """Add the steps of one problem; a fault leaves the problem out and is remembered."""
        member = f"content-pool/{problem_id}/{problem_id}.json"
        try:
            problem = json.loads(self._archive.problems[problem_id])
            if problem["courseName"] not in self._courses:
                self.report["left_out_by_course"] += len(self._archive.steps.get(problem_id, {}))
                return
            if problem_id not in self._archive.steps:
                raise KeyError(f"content-pool/{problem_id}/steps")
            for step_id, content in sorted(self._archive.steps[problem_id].items()):
                member = f"content-pool/{problem_id}/steps/{step_id}/{step_id}.json"
                self._add_step(problem, json.loads(content))
        except KeyError as error:
            self.faults.append(Problem(self._archive.path, number, f"{member}: {error.args[0]} is missing"))
        except (ValueError, TypeError, IndexError, AttributeError) as error:
            self.faults.append(Problem(self._archive.path, number, f"{member} is damaged: {error}"))

    def _add_step(self, problem: Mapping[str, Any], step: Mapping[str, Any]) -> None:
        variables = {**(problem.get("variabilization") or {}), **(step.get("variabilization") or {})}
        parts = [problem["title"], problem["body"], step["stepTitle"], step["stepBody"]]
        choices = list(step.get("choices") or []) if step["problemType"] == "MultipleChoice" else []
        identity = (*(part.strip() for part in parts), step["stepAnswer"][0].strip(), "", *sorted(choices))
        if identity in self._seen:
            self.report["duplicates"] += 1
            return
        skills = self._archive.skills[step["id"]]
        pathway = self._pathway(step["id"])
        concepts = tuple(dict.fromkeys(self._concept(skill) for skill in skills))
        filled = fill_in({"parts": parts, "key": step["stepAnswer"][0], "choices": choices}, variables)
        prose = _text(filled["parts"])
        options = tuple(dict.fromkeys(convert(choice).text for choice in filled["choices"]))
        key = convert(filled["key"]).text if choices else answer(filled["key"])
        steps = worked_steps(pathway, variables, concepts)
        self._seen.add(identity)
        self._count(prose)
        self.questions.append(
            Question(
                question_id=question_id(self._source, step["id"]),
                text=prose.text,
                kind=_kind(step),
                key=key,
                concepts=concepts,
                options=options,
                steps=steps,
                hints=hints(steps, key, options, self.concepts[concepts[0]].name),
                family=f"{problem['courseName']}: {problem['lesson']}",
                uncheckable=FIGURE_MISSING if prose.figure else TEXT_BROKEN if prose.broken else "",
            )
        )

    def _pathway(self, step_id: str) -> Any:
        if step_id not in self._archive.pathways:
            raise KeyError(f"tutoring/{step_id}DefaultPathway.json")
        return json.loads(self._archive.pathways[step_id])

    def _concept(self, skill: str) -> str:
        concept_id = f"{self._source}:{skill_slug(skill)}"
        self.concepts.setdefault(concept_id, Concept(concept_id, skill_name(skill)))
        return concept_id

    def _count(self, prose: Prose) -> None:
        self.report["questions"] += 1
        self.report["uncheckable_figure"] += prose.figure
        self.report["uncheckable_text"] += prose.broken and not prose.figure


def _kind(step: Mapping[str, Any]) -> QuestionKind:
    if step["problemType"] == "MultipleChoice":
        return QuestionKind.CHOICE
    return QuestionKind.EXPRESSION if step["answerType"] == "arithmetic" else QuestionKind.TEXT


def _text(parts: Sequence[str]) -> Prose:
    """Join the texts of problem and step; a part that repeats another is dropped."""
    converted = [convert(part) for part in parts]
    kept: list[str] = []
    for prose in converted:
        if prose.text and not any(prose.text == text for text in kept):
            kept.append(prose.text)
    return Prose("\n\n".join(kept), any(p.figure for p in converted), any(p.broken for p in converted))


def _courses(archive: Archive, named: Sequence[str]) -> frozenset[str]:
    """The courses to read: those named, or the English ones about mathematics."""
    known = {plan["courseName"]: plan.get("language", "en") for plan in archive.courses}
    for course in named:
        if course not in known:
            raise unknown_name("course", course, known)
    if named:
        return frozenset(named)
    return frozenset(
        course
        for course, language in known.items()
        if language == "en" and not any(word in course.lower() for word in NOT_MATHEMATICS)
    )


def _note(courses: frozenset[str]) -> str:
    return f"read {len(courses)} courses: {', '.join(sorted(courses))}"
