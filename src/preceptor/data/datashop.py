"""DataShop's student-step export (Koedinger et al., 2010): a row a student and step, several KC models side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from preceptor.data.frames import files_of
from preceptor.data.reader import Imported, ReadOptions
from preceptor.data.steps import StepFormat, read_steps

# Asking for a hint first is no correct first attempt: DataShop counts it as an error too.
DATASHOP = StepFormat("datashop", "First Attempt", {"correct": "1", "incorrect": "0", "hint": "0"})


class DataShopReader:
    """Reads student-step exports; the role "concepts" chooses the KC model."""

    takes: ClassVar[frozenset[str]] = frozenset({"source", "columns", "encoding", "order", "on_bad_row"})

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read exports or folders of them, see `preceptor.data.steps.read_steps`.

        Raises:
            UserError: If files, columns or rows are missing or wrong; bad rows are told together.
        """
        return read_steps([file for source in sources for file in files_of(source)], options, DATASHOP)
