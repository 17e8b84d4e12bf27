"""Student-step tables: one row a student and step of a problem, as DataShop and the KDD Cup 2010 wrote them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from preceptor.data.answers_table import read_answers
from preceptor.data.frames import Table, load_table
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.rows import imported_rows
from preceptor.domain import UserError, unknown_name

MISSING = ("", ".", "NA")
UNIQUE_STEP = "uniquestep"
_MODEL = re.compile(r"KC ?\((?P<name>.+)\)")


@dataclass(frozen=True, slots=True)
class StepFormat:
    """What tells one student-step table from another.

    Args:
        source: Name of the data set where the user gives none.
        correct: Column of the first attempt's outcome.
        credit: Cell of that column, in lower case → credit.
        models: KC models to take where the table has them, best first; without them the one with the most KCs that
            does not give every step a KC of its own.
    """

    source: str
    correct: str
    credit: Mapping[str, str]
    models: tuple[str, ...] = ()


def read_steps(files: Sequence[Path], options: ReadOptions, form: StepFormat) -> Imported:
    """Read student-step tables as one log: a question is a step of a problem, an answer the first attempt at it.

    Rows without a KC in the chosen model are left out and counted, because their steps could only be traced as one
    meaningless KC.

    Args:
        files: The tables.
        options: Takes `source`, `columns` (the role "concepts" names a KC model), `on_bad_row`, `order`, `encoding`.
        form: What the tables look like.

    Raises:
        UserError: If files or columns are missing, rows are bad or no row has a KC.
    """
    _check_roles(options)
    parts, problems, notes = [], list[Problem](), list[str]()
    for number, path in enumerate(files):
        table, model = _answers(load_table(path, options.encoding, quoted=False), options, form)
        rows, found, _ = read_answers(table, replace(options, columns={role: role for role in table.frame.columns}))
        parts.append(rows.with_columns(file=pl.lit(number)))
        problems += found
        notes.append(f"{path.name}: took the KC model {model!r}.")
    rejects = settle(problems, options.on_bad_row)
    rows = pl.concat(parts)
    labelled = rows.filter(pl.col("concepts").is_not_null())
    if labelled.is_empty():
        raise UserError(f"{files[0]} holds no answers with a KC.", allowed="at least one row with a KC of the model")
    dropped = rows.height - labelled.height
    if dropped:
        notes.append(f"{dropped:,} rows have no KC in the model and are left out, as in pyKT.")
    notes.append("Times name no time zone and stand as UTC.")
    options = replace(options, concept_separator=options.concept_separator or "~~")
    imported = imported_rows(labelled, options.source or form.source, options, notes=tuple(notes), rejects=rejects)
    own = {"rows_read": rows.height + len(rejects), "rows_without_concepts": dropped}
    return replace(imported, report={**imported.report, **own})


def _check_roles(options: ReadOptions) -> None:
    for role in options.columns:
        if role != "concepts":
            raise unknown_name("column role", role, ("concepts",))


def _answers(table: Table, options: ReadOptions, form: StepFormat) -> tuple[Table, str]:
    """The table with a column a role, and the KC model it takes."""
    frame = table.frame
    needed = ("Anon Student Id", "Problem Name", "Step Name", form.correct, "First Transaction Time")
    absent = [name for name in needed if name not in frame.columns]
    if absent:
        raise UserError(
            f"{table.path}, header: no column {', '.join(map(repr, absent))}.",
            allowed=f"a tab-separated table with the columns {', '.join(needed)} and KC models",
        )
    model, column = _model(table, options.columns.get("concepts", ""), form)
    columns = {
        "student": _cell("Anon Student Id"),
        "question": pl.concat_str(_cell("Problem Name"), _cell("Step Name"), separator="----"),
        "text": pl.format("{}, step {}", _cell("Problem Name"), _cell("Step Name")),
        "correct": _cell(form.correct).str.to_lowercase().replace(form.credit),
        "concepts": _cell(column),
        "time": _cell("First Transaction Time"),
    }
    if "Step Duration (sec)" in frame.columns:
        columns["duration"] = _cell("Step Duration (sec)")
    return replace(table, frame=frame.select(**columns)), model


def _model(table: Table, given: str, form: StepFormat) -> tuple[str, str]:
    """Name and column of the KC model: the one given, a usual one, or the one with the most KCs."""
    models = {match["name"]: name for name in table.frame.columns if (match := _MODEL.fullmatch(name))}
    if not models:
        raise UserError(f"{table.path}, header: no KC model.", allowed="at least one column named like 'KC (Default)'")
    if given:
        name = next((name for name, column in models.items() if given in (name, column)), None)
        if name is None:
            raise unknown_name(f"KC model in {table.path}", given, models)
        return name, models[name]
    usual = [name for name in form.models if name in models]
    shared = [name for name in models if re.sub("[^a-z]", "", name.lower()) != UNIQUE_STEP]
    name = usual[0] if usual else max(shared or models, key=lambda name: _kcs(table, models[name]))
    return name, models[name]


def _kcs(table: Table, column: str) -> int:
    """How many KCs a model has."""
    cells = table.frame.select(_cell(column)).to_series().drop_nulls()
    return cells.str.split("~~").explode(empty_as_null=True, keep_nulls=True).n_unique()


def _cell(column: str) -> pl.Expr:
    """A column's cells, null where the table writes that there is nothing."""
    cell = pl.col(column).cast(pl.String).str.strip_chars()
    return pl.when(~cell.is_in(MISSING)).then(cell)
