"""Pairs of dialogues as a sheet for people, and people's ratings read back as a judge's.

A row's name and which arm stands as A follow from the seed by a hash. So no key lies about that a rater could find, and
the dialogues with the seed are enough to read ratings back.
"""

import html
from collections.abc import Sequence
from pathlib import Path

from preceptor.course.files import explained, replace_file
from preceptor.domain import UserError, digest
from preceptor.evaluate.judging_dialogues.cases import Case
from preceptor.evaluate.judging_dialogues.judge import judgement
from preceptor.evaluate.judging_dialogues.judgement import Judgement, seen_from_first, turned
from preceptor.tutor.situation import Said
from preceptor.workflow.sheets import LONGEST_CELL, Table, read_tables, write_tables

Pair = tuple[Case, str, str]
SHEET, PAGE = "ratings.csv", "ratings.html"
NAME = "ratings"
COLUMNS = ("row", "known of the student", "said before", "A", "B", "better", "reason")
CHOICES = {"a": "A", "b": "B", "tie": "tie"}
TASK = (
    "Which of the two fits this student better: A, B or tie? Judge whether it builds on what is known of the student, "
    "not length or style. What is false about the mathematics is the worse one."
)


def write_sheets(folder: Path, pairs: Sequence[Pair], seed: int) -> tuple[Path, Path]:
    """Write a sheet to fill in and a page to read, the rows in an order that tells nothing.

    Args:
        folder: Where to; made if it is not there.
        pairs: Cases with two of their arms each.
        seed: Names and turns the rows.

    Raises:
        UserError: If they cannot be written, or are there already: they may hold ratings.
    """
    sheet, page = folder / SHEET, folder / PAGE
    for path in (sheet, page):
        if path.exists():
            raise UserError(f"{path} exists already and may hold ratings.", mend="choose another folder")
    rows = sorted(_row(pair, seed) for pair in pairs)
    with explained("write to", folder):
        folder.mkdir(parents=True, exist_ok=True)
    cut = tuple(tuple(cell[:LONGEST_CELL] for cell in row) for row in rows)
    write_tables(sheet, [Table(NAME, COLUMNS, cut)])
    with explained("write", page):
        replace_file(page, _page(rows).encode())
    return sheet, page


def read_ratings(path: Path, pairs: Sequence[Pair], seed: int) -> list[Judgement]:
    """Read a filled sheet; rows without a choice were not judged.

    Args:
        path: The sheet.
        pairs: What it was written from.
        seed: The seed it was written with.

    Raises:
        UserError: If it cannot be read, no row holds a choice, or a row is unknown, stands
            twice or says something else.
    """
    table = read_tables(path).get(NAME)
    if table is None or not {"row", "better"} <= set(table.header):
        raise UserError(f"{path} is no rating sheet.", allowed="one that --sheets has written, filled in")
    known = {_name(pair, seed): pair for pair in pairs}
    found: dict[str, Judgement] = {}
    for number, record in table.records():
        name, choice = record["row"].strip(), record["better"].strip().casefold()
        if not choice:
            continue
        where = f"Row {number} of {path}"
        if name not in known or name in found:
            raise UserError(
                f"{where} is {name!r}.",
                allowed="every row of these dialogues once",
                mend="give the dialogues, --reference and --seed that the sheet was written with",
            )
        if choice not in CHOICES:
            raise UserError(f"{where} says {record['better']!r}.", allowed="A, B, tie or nothing")
        verdict = seen_from_first(CHOICES[choice])
        found[name] = judgement(*known[name], (turned(verdict) if _is_turned(known[name], seed) else verdict,))
    if not found:
        raise UserError(f"{path} holds no choice yet.", allowed="A, B or tie in the column better, in one row or more")
    return list(found.values())


def _row(pair: Pair, seed: int) -> tuple[str, ...]:
    case, arm, reference = pair
    first, second = (reference, arm) if _is_turned(pair, seed) else (arm, reference)
    profile = "\n".join(case.profile)
    return (
        _name(pair, seed), profile, _said(case.prior), _said(case.arms[first]), _said(case.arms[second]), "", ""
    )  # fmt: skip


def _name(pair: Pair, seed: int) -> str:
    case, arm, reference = pair
    return digest("row", seed, case.case_id, arm, reference)[:10]


def _is_turned(pair: Pair, seed: int) -> bool:
    case, arm, reference = pair
    return int(digest("turned", seed, case.case_id, arm, reference), 16) % 2 == 1


def _said(messages: Sequence[Said]) -> str:
    return "\n".join(f"{message.role}: {message.text}" for message in messages)


def _page(rows: Sequence[tuple[str, ...]]) -> str:
    """A static page that shows what the sheet asks about."""
    parts = []
    for row in rows:
        cells = "".join(
            f"<h3>{html.escape(column)}</h3><p>{html.escape(cell) or '–'}</p>"
            for column, cell in zip(COLUMNS[1:5], row[1:5], strict=True)
        )
        parts.append(f"<section><h2>{html.escape(row[0])}</h2>{cells}</section>")
    style = (
        "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}p{white-space:pre-wrap}"
        "section{border-top:1px solid;break-inside:avoid}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Ratings</title><style>{style}</style>'
        f"<h1>Ratings</h1><p>{TASK}</p>{''.join(parts)}</html>\n"
    )
