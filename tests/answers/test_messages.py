"""Everything that is said to students is said in German, too, with the same places."""

import ast
import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import preceptor.answers
from preceptor.answers import units
from preceptor.answers.check import messages

SOURCE = Path(preceptor.answers.__file__).parent
SENTENCE = re.compile(r"[A-Z].* .*[.?!]", re.DOTALL)
WORDS = {" or ", "the end"}


def sentences():
    """Every constant of the package that is a sentence and no documentation."""
    for file in SOURCE.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in told else ""
            if isinstance(text, str) and SENTENCE.fullmatch(text):
                assert id(node) not in pieces, f"{file.name}: {text!r} cannot be translated"
                yield text


def places(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name and name.isidentifier())


def wanted():
    return {*sentences(), *WORDS, *(name for _, name in units.spellings("de").values())}


def test_every_sentence_is_translated_and_none_is_left_over():
    german = messages("de").sentences
    assert len(wanted()) > 60
    assert wanted() - set(german) == set()
    assert set(german) - wanted() == set()


def test_translations_have_the_same_places():
    for english, german in messages("de").sentences.items():
        assert places(english) == places(german), english
        assert english.strip() != german.strip() or english in {"yards", "quarts", "pints"}, english


def test_messages_are_raised_as_templates():
    """A sentence put together before it is raised would stay English."""
    for file in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unreadable":
                assert not isinstance(node.args[0], ast.JoinedStr), f"{file.name}:{node.lineno}"


def test_the_catalogue_lies_beside_the_code():
    assert (files("preceptor.answers") / "locale" / "de" / "answers.po").is_file()
