"""Names behind the numbers of pyKT's files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from preceptor.data.assistments2017 import NO_SKILL
from preceptor.data.metadata import beside
from preceptor.data.names import inverted, json_object
from preceptor.data.nips34 import SUBJECTS
from preceptor.data.nips34_tables import subject_names
from preceptor.domain import UNLABELLED

FILE = "keyid2idx.json"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of questions and KCs.

    Args:
        questions: Name by the number in the files; a number without one stands for itself.
        concepts: As `questions`.
        notes: What is to be said of them.
    """

    questions: Mapping[str, str]
    concepts: Mapping[str, str]
    notes: tuple[str, ...] = ()


def read_names(folder: Path, questions: Collection[str], concepts: Collection[str], encoding: str) -> Names:
    """Read the names of a data set.

    Some versions of pyKT leave the original ids in question-level files: ids that `keyid2idx.json` does not number
    are names themselves. Eedi's KCs are numbers of subjects even there; a `subject_metadata.csv` in the folder or in
    a folder `metadata`, where pyKT keeps it, names them.

    Args:
        folder: Holds `keyid2idx.json`; without it numbers stand for names.
        questions: What the files write for questions.
        concepts: What they write for KCs.
        encoding: Encoding of the files.

    Raises:
        UserError: If a file is damaged.
    """
    path = folder / FILE
    found = json_object(path, encoding) if path.is_file() else {}
    notes = [] if found else [f"There is no {FILE}: questions and KCs have numbers for names."]
    names = {}
    for key, written in (("questions", questions), ("concepts", concepts)):
        known = {str(number): name for number, name in inverted(path, found.get(key, {})).items()}
        if known and not set(written) <= known.keys():
            notes.append(f"The {key} are not those that {FILE} numbers, so their ids are taken as names.")
            known = {}
        names[key] = {number: _unescaped(known.get(number, number)) for number in written}
    described = beside(path, SUBJECTS)
    subjects = subject_names(described, encoding) if described else {}
    renamed = {number: subjects.get(name, name) for number, name in names["concepts"].items()}
    renamed = {number: UNLABELLED if name == NO_SKILL else name for number, name in renamed.items()}
    named = set(renamed.values()) - {UNLABELLED}
    if found and named and all(name.isdigit() for name in named):
        notes.append(f"All KCs have plain numbers for names; a {SUBJECTS} in the folder would name Eedi's.")
    return Names(names["questions"], renamed, tuple(notes))


def _unescaped(name: str) -> str:
    """A name as it was before pyKT escaped underscores and commas, which separate in its files."""
    return name.replace("####", "_").replace("@@@@", ",")
