import ast
import re
from pathlib import Path

import pytest

import preceptor.serve
from preceptor.domain import QuestionKind, UserError, unknown_name
from preceptor.language import catalogue
from preceptor.serve import DONT_KNOW, mistakes, words
from preceptor.serve.app import create_app
from preceptor.serve.pages import answer_help, class_map, concept_map, review
from preceptor.serve.theme import STUDENT_PAGES, TEACHER_PAGES
from preceptor.serve.tongue import LOCALES
from preceptor.workflow import review_words

GERMAN = catalogue("preceptor.serve", "de")
SOURCES = sorted(Path(preceptor.serve.__file__).parent.rglob("*.py"))
NAMED = {
    DONT_KNOW,
    *concept_map.BANDS.values(),
    *class_map.HEADINGS,
    *review.HEADINGS,
    *review_words.SENTENCES.values(),
    *mistakes.GIVEN,
    *mistakes.MENDS,
    *(name for name, _ in (*STUDENT_PAGES, *TEACHER_PAGES)),
    *QuestionKind,
}
"""Sentences that reach `say` through a variable."""
SHOW = {"words", "maths", "link", "Press", "field", "disclosure", "empty", "ui.notify", "_pair", "_stat", "_figure"}
SHOWN_OPTIONS = {"aria_label", "placeholder", "label", "close_button", "data_label", "title"}
TAG = re.compile(r"[a-z]+[1-6]?")


def _calls(tree):
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _chosen(node, constants) -> set[str]:
    """The strings an expression may come to: literals, parts of constants, either side of a condition."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _chosen(node.body, constants) | _chosen(node.orelse, constants)
    if isinstance(node, ast.Subscript | ast.Attribute):
        return _chosen(node.value, constants)
    return constants.get(node.id, set()) if isinstance(node, ast.Name) else set()


def _constants(tree) -> dict[str, set[str]]:
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    return {node.targets[0].id: set(_strings(node.value)) for node in assigned}


def _strings(node) -> list[str]:
    """The strings of a constant that are no keys and belong to no function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    inner = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    return [] if isinstance(node, ast.Lambda) else [text for part in inner for text in _strings(part)]


def _said_in(path) -> set[str]:
    """Every sentence that a module hands to `say`, `count` or `page`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = _constants(tree)
    found = set()
    for name, call in _calls(tree):
        if name in {"say", "page"}:
            found |= _chosen(call.args[0], constants)
        elif name == "count":
            one, *more = (noun.value for noun in call.args[1:])
            found |= {f"{{number}} {one}", f"{{number}} {more[0] if more else one + 's'}"}
    return found


def test_everything_the_pages_say_has_its_german():
    said = set().union(*map(_said_in, SOURCES)) | NAMED
    assert {"Hint {level} of {hints}", "Steady", "{number} earlier answers", "New student", "Weakest concept"} <= said
    assert len(said) > 200
    assert {sentence for sentence in said if GERMAN.lacks(sentence)} == set()
    helped = {told for found in answer_help.HELP.values() for told in (found.example, found.told)}
    assert set(GERMAN.sentences) - said - helped == set()


def test_translations_have_the_same_places_and_edges():
    for english, german in GERMAN.sentences.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", german)), english
        assert english.endswith(" ") == german.endswith(" "), english


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_is_shown_that_is_not_said(path):
    """No letters reach the screen as they stand in the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = []
    for name, call in _calls(tree):
        shown = [option.value for option in call.keywords if option.arg in SHOWN_OPTIONS]
        if name in SHOW:
            first = call.args[0]
            tagged = isinstance(first, ast.Constant) and TAG.fullmatch(first.value) and len(call.args) > 1
            shown.append(call.args[1] if name in {"words", "maths"} and tagged else first)
        bare += [ast.unparse(node) for node in shown if _letters(node)]
    assert [text for text in bare if "Preceptor" not in text] == []


def _letters(node) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(_letters(part) for part in node.values)
    return isinstance(node, ast.Constant) and bool(re.search(r"[A-Za-z]", str(node.value)))


def test_without_a_page_english_is_spoken():
    assert words.days_ago(9.4) == "9 days ago"


def test_every_language_has_a_locale_of_its_own():
    assert len(set(LOCALES.values())) == len(LOCALES)


def test_a_course_in_an_unknown_language_is_refused(classroom, clock):
    classroom.language = "xx"
    with pytest.raises(UserError, match="Unknown language 'xx'"):
        create_app(classroom, clock)


def test_every_mistake_a_page_leads_to_is_told_as_it_was_found():
    error = unknown_name("student", "s1'}", ["s1"])
    assert mistakes.given(error) == error.given
    assert mistakes.mend(unknown_name("student", "s11", ["s1"])) == "To mend it: did you mean 's1'?."
    assert mistakes.mend(UserError("No.")) == ""
