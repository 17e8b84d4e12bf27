"""The course folder: everything about one subject."""

import json
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from preceptor.course import models
from preceptor.course.bank_files import bank_version, read_bank, write_bank
from preceptor.course.files import explained, new_folder, replace_file
from preceptor.course.lock import exclusive
from preceptor.course.log_files import log_version, read_log, write_log
from preceptor.course.manifest import SCHEMA_VERSION, Manifest, check_schema, read_manifest, write_manifest
from preceptor.course.settings import Settings
from preceptor.domain import Bank, Log, UserError, digest

COURSE_FILE = "course.toml"
SIMULATED = {"en": "simulated students", "de": "simulierte Lernende"}
"""Language → what the title of a course says of a simulated log."""
T = TypeVar("T")


class Course:
    """A course folder. Reading it is always safe; `replace` changes it as a whole or not at all.

    Args:
        path: The folder.
        name: The course's name.
        language: Language of its texts, as an ISO 639-1 code.
        settings: The settings in force in this process.
    """

    def __init__(self, path: Path, name: str, language: str, settings: Settings) -> None:
        self.path = path
        self.name = name
        self.language = language
        self.settings = settings
        self._writing = False

    @classmethod
    def create(cls, path: Path | str, name: str, *, language: str = "en") -> "Course":
        """Make an empty course.

        Raises:
            UserError: If the folder holds a course already or cannot be written to.
        """
        path = Path(path)
        if (path / COURSE_FILE).exists():
            raise UserError(f"{path} holds a course already.", mend="choose another folder, or import into it")
        content = (
            f"name = {_toml_text(name)}\nlanguage = {_toml_text(language)}\n"
            f"schema_version = {SCHEMA_VERSION}\n\n[settings]\n"
        )
        with explained("create the course", path):
            path.mkdir(parents=True, exist_ok=True)
            replace_file(path / COURSE_FILE, content.encode())
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str) -> "Course":
        """Open a course.

        Raises:
            UserError: If the folder is not a course, is damaged, or was written by a newer version.
        """
        path = Path(path)
        file = path / COURSE_FILE
        if not file.is_file():
            raise UserError(
                f"{path} is not a course: it has no {COURSE_FILE}.",
                allowed="a folder made by `preceptor import` or `preceptor demo`",
                mend=f"preceptor import FORMAT SOURCE --course {path}",
            )
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(f"Cannot read {file}: {error}.", mend="correct the file by hand") from error
        check_schema(found.get("schema_version"), file)
        read_manifest(path)
        stored = found.get("settings", {})
        if not isinstance(stored, dict):
            raise UserError(f"`settings` in {file} is no table.", mend="write it as [settings]")
        settings = Settings(stored, dict(os.environ))
        return cls(path, str(found.get("name", path.name)), str(found.get("language", "en")), settings)

    @property
    def data_hash(self) -> str:
        """Hash of the bank and the log as tracers see them."""
        manifest = read_manifest(self.path)
        return digest(manifest.bank_hash, manifest.log)

    @property
    def simulated(self) -> bool:
        """Whether the log was simulated; nothing measured on it says how people learn."""
        return read_manifest(self.path).simulated

    @property
    def title(self) -> str:
        """The name to show, which says so where the students are simulated."""
        label = SIMULATED.get(self.language, SIMULATED["en"])
        told = not self.simulated or label in self.name
        return self.name if told else f"{self.name} ({label})"

    def counts(self) -> dict[str, int]:
        """Number of students, questions, concepts and interactions, without loading them."""
        manifest = read_manifest(self.path)
        return {name: getattr(manifest, name) for name in ("students", "questions", "concepts", "interactions")}

    def load_bank(self) -> Bank:
        """Load the bank; an empty one if nothing was imported yet.

        Raises:
            UserError: If a file is missing or damaged.
        """
        return self._load("bank", read_bank, Bank((), ()))

    def load_log(self) -> Log:
        """Load the imported log; an empty one if nothing was imported yet.

        Raises:
            UserError: If a file is missing or damaged.
        """
        return self._load("log", read_log, Log.empty())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer lock over several steps, for example load, merge and `replace`.

        Raises:
            UserError: If another writer is at work or the folder cannot be written to.
        """
        if self._writing:
            yield
            return
        with ExitStack() as stack:
            with explained("write to the course", self.path):
                stack.enter_context(exclusive(self.path))
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    def replace(self, bank: Bank | None = None, log: Log | None = None, *, simulated: bool | None = None) -> None:
        """Replace bank and log together: all of it happens or nothing, even if the process is killed.

        New files go into folders of their own; replacing the manifest is the one step that counts.

        Args:
            bank: The new bank; None keeps the present one.
            log: The new log; None keeps the present one.
            simulated: Whether the new log was simulated; None keeps what is known of the present one.

        Raises:
            UserError: If another writer is at work, the disk is full or the folder cannot be written to.
        """
        with self.writing(), explained("write to the course", self.path):
            manifest = read_manifest(self.path)
            self._sweep(manifest)
            try:
                written = self._written(manifest, bank, log)
                write_manifest(self.path, written if simulated is None else replace(written, simulated=simulated))
            finally:
                self._sweep(read_manifest(self.path))

    def new_run_folder(self, kind: str, name: str, run_id: str) -> AbstractContextManager[Path]:
        """Save a trained thing as a whole, see `preceptor.course.models.new_run_folder`."""
        return models.new_run_folder(self.path, kind, name, run_id)

    def set_default(self, kind: str, name: str, run_id: str) -> None:
        """Choose the saved run that commands use, see `preceptor.course.models.set_default`."""
        models.set_default(self.path, kind, name, run_id)

    def clear_default(self, kind: str) -> None:
        """Choose no run of a kind, see `preceptor.course.models.clear_default`."""
        models.clear_default(self.path, kind)

    def default(self, kind: str) -> Path | None:
        """Folder of the chosen run of a kind ("models", "policies"); None if none was chosen."""
        return models.default(self.path, kind)

    def saved_runs(self, kind: str) -> tuple[Path, ...]:
        """Folders of all complete runs of a kind, by name and run id."""
        return models.saved_runs(self.path, kind)

    def _written(self, manifest: Manifest, bank: Bank | None, log: Log | None) -> Manifest:
        if bank is not None:
            version = bank_version(bank)
            self._write_version("bank", version, lambda folder: write_bank(folder, bank))
            manifest = replace(
                manifest,
                bank=version,
                bank_hash=bank.content_hash,
                questions=len(bank.questions),
                concepts=len(bank.concepts),
            )
        if log is not None:
            version = log_version(log)
            self._write_version("log", version, lambda folder: write_log(folder, log))
            students = len(np.unique(log.student))
            manifest = replace(manifest, log=version, students=students, interactions=len(log))
        return manifest

    def _write_version(self, part: str, version: str, write: Callable[[Path], None]) -> None:
        target = self.path / part / version
        if target.is_dir():
            return
        with new_folder(target) as folder:
            write(folder)

    def _load(self, part: str, read: Callable[[Path], T], empty: T) -> T:
        while True:
            version = getattr(read_manifest(self.path), part)
            if not version:
                return empty
            try:
                return read(self.path / part / version)
            except FileNotFoundError as error:
                # A writer may have replaced and removed this version after the manifest was read.
                if getattr(read_manifest(self.path), part) == version:
                    raise UserError(
                        f"The course {self.path} lacks {error.filename}.", mend="import the data again"
                    ) from error
            except OSError as error:
                raise UserError(f"Cannot read the course {self.path}: {error.strerror}.") from error

    def _sweep(self, manifest: Manifest) -> None:
        """Remove old versions and what killed writers left."""
        for part, current in (("bank", manifest.bank), ("log", manifest.log)):
            for folder in (self.path / part).glob("*"):
                if folder.name != current:
                    shutil.rmtree(folder, ignore_errors=True)


def _toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
