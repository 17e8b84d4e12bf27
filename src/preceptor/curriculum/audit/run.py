"""`make curriculum`: the whole course is audited, and what was found and measured becomes one run file."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from preceptor import parallel
from preceptor.answers import Worker, defect
from preceptor.curriculum.audit.report import OTHER_LANGUAGES, Findings, audit_family, question_problems
from preceptor.curriculum.bank import QUESTIONS_PER_FAMILY, SEED, built_in_bank, written
from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.draft import Form
from preceptor.curriculum.families import families
from preceptor.curriculum.family import Family
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.curriculum.parallel import ITEMS_PER_CONCEPT, LETTERS, drafts
from preceptor.curriculum.speech import ENGLISH, speech
from preceptor.domain import Question

LANGUAGES = ("en", *OTHER_LANGUAGES)


def audit_course(seeds: int, items_per_concept: int, backend: str) -> dict[str, Any]:
    """Audit every family, the bank and the test forms in all languages.

    Args:
        seeds: Seeds of each family.
        items_per_concept: Items of each concept in each test form.
        backend: Where, see `preceptor.parallel.map`.

    Returns:
        Counts, problems (which should be none) and measures: the content of the run file.
    """
    names = [family.name for family in families()]
    pieces = [*(("family", name) for name in names), *(("bank", name) for name in names)]
    pieces += [("test", letter) for letter in LETTERS]
    audited = partial(_audited, seeds=seeds, items_per_concept=items_per_concept)
    by_piece = dict(zip(pieces, parallel.map(audited, pieces, backend=backend), strict=True))
    found = {name: by_piece["family", name] for name in names}
    bank = _joined(by_piece["bank", name] for name in names)
    tests = _joined(by_piece["test", letter] for letter in LETTERS)
    parts = {"families": _joined(found.values()), "bank": bank, "test_forms": tests}
    return {
        "version": version("preceptor"),
        "seeds_per_family": seeds,
        "concepts": len(CONCEPTS),
        "misconceptions": len(MISCONCEPTIONS),
        "families": len(names),
        "multi_step_families": [family.name for family in families() if _multi_step(family)],
        "bank_questions": QUESTIONS_PER_FAMILY * len(names),
        "bank_kinds": dict(sorted(Counter(question.kind.value for question in built_in_bank().questions).items())),
        "test_form_items": dict.fromkeys(LETTERS, items_per_concept * len(CONCEPTS)),
        "checked": {name: dict(part.questions) for name, part in parts.items()},
        "problems": {name: dict(part.problems) for name, part in parts.items()},
        "reading_grade": {name: _rounded(one.reading_grade) for name, one in found.items()},
    }


def _audited(piece: tuple[str, str], seeds: int, items_per_concept: int) -> Findings:
    """A family on its own, its part of the bank, or a test form."""
    kind, name = piece
    if kind == "test":
        return _test_part(name, items_per_concept)
    return _bank_part(name) if kind == "bank" else audit_family(_named(name), range(seeds))


def _bank_part(name: str) -> Findings:
    """A family's questions in the bank, in all languages, graded by the answer checker too."""
    found = Findings()
    for language in LANGUAGES:
        pairs = list(written(_named(name), QUESTIONS_PER_FAMILY, SEED, language))
        words = speech(language)
        for wording, question in pairs:
            found.questions[language] += 1
            found.problems.update(question_problems(wording, question, words))
        found.problems.update(_ungraded(question for _, question in pairs))
    return found


def _test_part(letter: str, items_per_concept: int) -> Findings:
    """One test form in all languages; every stem of all forms is compared with the bank's."""
    found, bank = Findings(), {question.text for question in built_in_bank().questions}
    for language in LANGUAGES:
        words, questions = (ENGLISH if language == "en" else speech(language)), []
        for form, _, wording, family, name in drafts(items_per_concept, SEED):
            if form == letter:
                question = family.question(wording, name, words)
                questions.append(question)
                found.questions[language] += 1
                found.problems.update(question_problems(wording, question, words))
                if wording.form is not Form.TRANSFER or wording.text in bank:
                    found.problems[f"the test item {wording.text!r} stands in the bank"] += 1
        found.problems.update(_ungraded(questions))
    return found


def _ungraded(questions: Iterable[Question]) -> Counter[str]:
    """Questions whose key the answer checker does not take for right, or a named wrong answer not for wrong."""
    with Worker() as worker:
        defects = ((question, defect(question, worker)) for question in questions)
        return Counter(f"{question.text!r}: {found}" for question, found in defects if found)


def _multi_step(family: Family) -> bool:
    """Whether the family's questions take three or more steps over two or more concepts."""
    _, question = next(written(family, 1, SEED))
    return len(question.steps) >= 3 and len({c for step in question.steps for c in step.concepts}) >= 2


def _joined(parts: Iterable[Findings]) -> Findings:
    joined = Findings()
    for part in parts:
        joined.questions.update(part.questions)
        joined.problems.update(part.problems)
    return joined


def _named(name: str) -> Family:
    return next(family for family in families() if family.name == name)


def _rounded(grades: dict[str, float]) -> dict[str, float]:
    return {language: round(grade, 1) for language, grade in grades.items()}


def main(arguments: Sequence[str] | None = None, clock: Callable[[], float] = time.monotonic) -> int:
    """Audit the course, write the run file and say what is wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="seeds of each family")
    parser.add_argument("--items", type=int, default=ITEMS_PER_CONCEPT, help="items of each concept in a test form")
    parser.add_argument("--backend", default="workers:2", help="where: here, workers:N or ray:ADDRESS")
    parser.add_argument("--out", type=Path, required=True, help="the run file")
    options = parser.parse_args(arguments)
    start = clock()
    result = audit_course(options.seeds, options.items, options.backend)
    result["seconds"] = round(clock() - start, 1)
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    problems = [problem for part in result["problems"].values() for problem in part]
    print(f"{result['checked']} checked in {result['seconds']} s, {len(problems)} problems")  # noqa: T201
    for problem in problems[:40]:
        print(f"  {problem}")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
