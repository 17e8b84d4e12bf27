"""What is known of XES3G5M's questions and KCs: their Chinese texts."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preceptor.data.names import json_object
from preceptor.data.text import read_text
from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, UserError

QUESTIONS, EXERCISES = "questions.json", "moderate_exercise_info.jsonl"
ROUTES = "kc_routes_map.json"
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
    identify: Callable[[str], str],
    concepts_of: Mapping[str, Sequence[str]],
    names: Mapping[str, Concept],
    exercises: Mapping[str, Exercise],
) -> Bank:
    """Build the bank. Its questions are traced and never served: the texts are Chinese, which the tutor cannot read.

    Args:
        identify: Id of a question by its number.
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
                question_id=identify(number),
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
