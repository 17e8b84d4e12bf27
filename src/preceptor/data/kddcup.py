"""Step files of the KDD Cup 2010 (Stamper et al., 2010): Algebra I 2005-2006, Bridge to Algebra 2006-2007 and kin."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.steps import StepFormat, read_steps
from preceptor.domain import UserError

KDD_CUP = StepFormat("kddcup", "Correct First Attempt", {}, ("Default", "SubSkills"))
SOURCES = {"algebra_2005_2006": "algebra2005", "bridge_to_algebra_2006_2007": "bridge2006"}
"""Beginning of a file's name → the name under which the literature knows its set."""


class KddCupReader:
    """Reads `…_train.txt` of a challenge set; the role "concepts" chooses another KC model than the set's first."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "columns", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read step files, or the training files of folders, see `preceptor.data.steps.read_steps`.

        Raises:
            UserError: If files, columns or rows are missing or wrong; bad rows are told together.
        """
        files = [file for source in sources for file in _files(source)]
        known = (name for start, name in SOURCES.items() if files[0].name.startswith(start))
        return read_steps(files, options, replace(KDD_CUP, source=next(known, KDD_CUP.source)))


def _files(source: Path) -> list[Path]:
    """The file itself, or the training files of a folder: the test files hide the outcomes."""
    if not source.is_dir():
        return [source]
    found = sorted(source.glob("*_train.txt"))
    if not found:
        raise UserError(f"The folder {source} holds no training file.", allowed="files named like NAME_train.txt")
    return found
