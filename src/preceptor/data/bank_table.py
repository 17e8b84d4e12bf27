"""Banks from tables: a questions file, or what a log says of its questions."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from preceptor.data.cells import texts
from preceptor.data.columns import QUESTION_ROLES, assign_columns
from preceptor.data.frames import load_table
from preceptor.data.problems import settle
from preceptor.data.reader import ReadOptions
from preceptor.domain import UNLABELLED, Bank, Concept, Question, QuestionKind, question_id


def read_questions(path: Path, options: ReadOptions) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Read a questions file.

    Args:
        path: The file; needs a column of question ids, may have text, key, kind, concepts and options.
        options: Takes `encoding`.

    Returns:
        Role → cell of every question by its id in the file, and what was decided without asking.

    Raises:
        UserError: If the file is damaged, or rows lack an id, repeat one or name an unknown kind.
    """
    table = load_table(path, options.encoding)
    roles, notes = assign_columns(path, table.frame.columns, {}, QUESTION_ROLES, ("question",))
    cells = pl.DataFrame({role: texts(table.frame[column]).fill_null("") for role, column in roles.items()})
    if "text" not in roles and _are_sentences(cells["question"]):
        cells = cells.with_columns(text=pl.col("question"))
        took = f"{path.name}: took column {roles['question']!r} as text too"
        notes = (*notes, f"{took}, for it holds sentences and no column is named text.")
    found: dict[str, dict[str, str]] = {}
    reasons = []
    named = {problem.row - 1 for problem in table.problems}
    for number, row in enumerate(cells.iter_rows(named=True)):
        # A blank line says nothing; of a row that does not fit the header everything is said.
        wrong = _wrong(row, found) if any(row.values()) and number not in named else ""
        if wrong:
            reasons.append((number, wrong))
        elif row["question"]:
            found[row["question"]] = row
    settle([*table.problems, *table.problem(reasons)], "fail")
    return found, notes


def _are_sentences(cells: pl.Series) -> bool:
    """Whether most cells are of several words, as a text is and an id hardly."""
    said = cells.filter(cells != "")
    return 2 * int(said.str.strip_chars().str.contains(r"\s").sum()) > len(said)


def concept_names(cell: str, separator: str) -> tuple[str, ...]:
    """Split a cell of concepts.

    Args:
        cell: The cell.
        separator: What separates the names; empty for `;` or `~~`.
    """
    pattern = re.escape(separator) if separator else ";|~~"
    return tuple(dict.fromkeys(name.strip() for name in re.split(pattern, cell) if name.strip()))


def log_questions(rows: pl.DataFrame, separator: str) -> dict[str, dict[str, str]]:
    """What a log says of its questions: text and concepts by question, in order of first appearance.

    Args:
        rows: Answers with the columns `question`, `concepts` and `text`.
        separator: What separates concepts in a cell; empty for `;` or `~~`.
    """
    found = rows.group_by("question", maintain_order=True).agg(
        pl.col("text").drop_nulls().first(), pl.col("concepts").drop_nulls().unique(maintain_order=True)
    )
    join = separator or ";"
    return {
        question: {"text": text or "", "concepts": join.join(concepts)}
        for question, text, concepts in found.iter_rows()
    }


def build_bank(source: str, questions: Mapping[str, Mapping[str, str]], separator: str) -> tuple[Bank, int]:
    """Build a bank.

    Where no question names a concept, every question stands as its own; where only some do not, these get the
    concept "Unlabelled".

    Args:
        source: Name of the data set.
        questions: Role → cell of every question by its id in the data set.
        separator: What separates concepts in a cell; empty for `;` or `~~`.

    Returns:
        The bank, and the number of questions that named no concept.
    """
    named = {name: concept_names(cells.get("concepts", ""), separator) for name, cells in questions.items()}
    unnamed = [name for name, concepts in named.items() if not concepts]
    none_named = len(unnamed) == len(named)
    named |= {name: ((name,) if none_named else (UNLABELLED,)) for name in unnamed}
    concepts = {
        concept: Concept(f"{source}:{concept}", f"KC {concept}" if concept.isdigit() else concept)
        for names in named.values()
        for concept in names
    }
    built = (_question(source, name, cells, named[name], concepts) for name, cells in questions.items())
    return Bank(tuple(concepts.values()), tuple(built)), len(unnamed)


def stands_for_itself(question: Question) -> bool:
    """Whether a question's only concept is itself, as `build_bank` gives it where no question names one."""
    if len(question.concepts) != 1:
        return False
    parts = question.concepts[0].split(":")
    splits = ((":".join(parts[:i]), ":".join(parts[i:])) for i in range(1, len(parts)))
    return any(question_id(source, name) == question.question_id for source, name in splits)


def _wrong(row: Mapping[str, str], found: Iterable[str]) -> str:
    kinds = [kind.value for kind in QuestionKind]
    if not row["question"]:
        return "question is empty"
    if row["question"] in found:
        return f"question {row['question']!r} stands in an earlier row"
    if row.get("kind") and row["kind"].lower() not in kinds:
        return f"kind is {row['kind']!r}, not one of {', '.join(kinds)}"
    return ""


def _question(
    source: str, name: str, cells: Mapping[str, str], names: tuple[str, ...], concepts: Mapping[str, Concept]
) -> Question:
    key = cells.get("key", "")
    options = tuple(part.strip() for part in cells.get("options", "").split(";") if part.strip())
    return Question(
        question_id=question_id(source, name),
        text=cells.get("text") or f"Question {name} ({', '.join(concepts[n].name for n in names)})",
        kind=_kind(cells.get("kind", ""), key, options),
        key=key,
        concepts=tuple(concepts[n].concept_id for n in names),
        options=options,
    )


def _kind(named: str, key: str, options: tuple[str, ...]) -> QuestionKind:
    """The kind the file names; without a key nothing can be checked, so the question is only traced."""
    if not key:
        return QuestionKind.UNKNOWN
    if named:
        return QuestionKind(named.lower())
    if options:
        return QuestionKind.CHOICE
    return QuestionKind.NUMBER if re.fullmatch(r"[+-]?\d+(\.\d+)?", key) else QuestionKind.TEXT
