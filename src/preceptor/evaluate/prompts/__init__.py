"""Prompts of judges and of models that play students: reviewed files, a folder for each language."""

from functools import cache

from preceptor.tutor.prompts import Prompt, read_prompt


@cache
def prompt(name: str, language: str) -> Prompt:
    """Load a prompt file.

    Raises:
        UserError: If there is no such language or prompt.
    """
    return read_prompt(__package__, name, language)
