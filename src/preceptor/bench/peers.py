"""Environments of the libraries Preceptor is measured against. They are never imported into its own."""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from preceptor.domain import UserError


@dataclass(frozen=True, slots=True)
class Peer:
    """A library from PyPI.

    Args:
        name: Folder of its environment.
        package: Its package.
        version: The version that is measured.
    """

    name: str
    package: str
    version: str

    def python(self, folder: Path, install: bool) -> Path:
        """The interpreter of its environment.

        Args:
            folder: Holds the environments.
            install: Whether to make the environment if it is missing.

        Raises:
            UserError: If it is missing and not to be made, or cannot be made.
        """
        home = folder.resolve() / f"{self.name}-{self.version}"
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        done = home / ".installed"
        if not done.exists():
            if not install:
                raise UserError(
                    f"{folder} holds no environment with {self.package} {self.version}.",
                    mend="give --install-peers, which makes it from PyPI",
                )
            self._install(home, python)
            done.touch()
        return python

    def _install(self, home: Path, python: Path) -> None:
        """Make the environment with the same PyTorch as here, so that the libraries differ and nothing else."""
        sys.stderr.write(f"Installing {self.package} {self.version} into {home}; this takes some minutes.\n")
        venv.create(home, clear=True, with_pip=True)
        wanted = [f"{self.package}=={self.version}", f"torch=={version('torch').split('+')[0]}"]
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise UserError(
                f"pip cannot install {' and '.join(wanted)}: {result.stderr.strip()[-500:]}",
                mend="see to the network and run the command again",
            )


PYKT = Peer("pykt", "pykt-toolkit", "0.0.38")
"""pyKT (Liu et al., 2022), the library most tracers are compared in."""
