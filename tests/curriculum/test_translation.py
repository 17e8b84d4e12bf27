"""The catalogues are in step with the course: nothing is missing, nothing is left over."""

import re
from collections import Counter
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from preceptor.curriculum import CONCEPTS, MISCONCEPTIONS, Speech, speech
from preceptor.curriculum.audit.translation import problems
from preceptor.curriculum.translation import FOLDER, entries, updated
from preceptor.language import Catalogue


@pytest.fixture(scope="module")
def wanted():
    return entries()


def _stored(name):
    return read_po(BytesIO((FOLDER / "de" / f"{name}.po").read_bytes()), locale="de")


def test_every_catalogue_holds_what_the_course_says_and_no_more(wanted):
    assert {path.stem for path in (FOLDER / "de").glob("*.po")} == set(wanted)
    for name, sentences in wanted.items():
        stored = {str(entry.id): str(entry.string) for entry in _stored(name) if entry.id}
        assert set(stored) == {text for text, _ in sentences}, name
        assert all(stored.values()), name


def test_a_sentence_is_translated_alike_wherever_it_stands(wanted):
    found: dict[str, set[str]] = {}
    for name in wanted:
        for entry in _stored(name):
            if entry.id:
                found.setdefault(str(entry.id), set()).add(str(entry.string))
    assert {text: told for text, told in found.items() if len(told) > 1} == {}


def test_misconceptions_and_concepts_are_worded_to_stand_in_a_sentence():
    german = speech("de")
    for misconception in MISCONCEPTIONS:
        name = german(misconception.name, {})
        assert name[-1] not in ".?!", name
        assert german(misconception.remedy, {})[-1] in ".?!“"
    names = Counter(german(concept.name, {}) for concept in CONCEPTS)
    assert max(names.values()) == 1
    assert not any(re.search(r"[.?!]$", name) for name in names)


def test_an_update_keeps_translations_and_drops_what_nobody_says():
    old = Catalog(locale="de")
    old.add("kept", "behalten")
    old.add("gone", "weg")
    new = updated(old, [("kept", "here"), ("new", "there")], "de")
    assert {entry.id: entry.string for entry in new if entry.id} == {"kept": "behalten", "new": ""}


def test_differences_between_a_sentence_and_its_translation_are_found(sum_draft):
    draft = sum_draft(
        hints=("Take $<a>$ and $2$.", "Go on.", "$<c>$ it is."), values={"a": 2, "b": 5, "c": 7, "w": "apples"}
    )
    told = {text: text for text, _ in draft.texts}
    told |= {"Take $<a>$ and $2$.": "Nimm $<b>$ und $2$.", "$<c>$ it is.": "$<c>$ ist es, nicht $3$."}
    found = list(problems(draft, Speech(Catalogue("de", told))))
    assert len(found) == 3
    assert "the places of 'Take $<a>$ and $2$.'" in found[0]
    assert "the numbers of '$<c>$ it is.'" in found[1]
    assert "the value w = 'apples' holds words" in found[2]


def test_a_formula_that_is_turned_around_in_translation_is_found(sum_draft):
    draft = sum_draft(hints=("Take $<c> - <a>$.", "Go on.", "$<c>$ it is."))
    told = {text: text for text, _ in draft.texts} | {"Take $<c> - <a>$.": "Nimm $<a> - <c>$."}
    found = list(problems(draft, Speech(Catalogue("de", told))))
    assert len(found) == 1
    assert "the formulas of 'Take $<c> - <a>$.'" in found[0]
