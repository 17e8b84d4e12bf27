"""Tables that describe a data set, kept beside its answers."""

from pathlib import Path


def beside(answers: Path, name: str) -> Path | None:
    """A metadata file beside the answers, in a folder `metadata` there, or in one beside the answers' folder."""
    folders = (answers.parent, answers.parent / "metadata", answers.parent.parent / "metadata")
    return next((path for folder in folders if (path := folder / name).is_file()), None)
