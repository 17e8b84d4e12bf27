"""The command line: it only translates. A command's module is imported when the command is named."""

from preceptor.cli.main import main

__all__ = ["main"]
