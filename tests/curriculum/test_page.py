from pathlib import Path
from xml.etree import ElementTree

import pytest

from preceptor.curriculum import CONCEPTS, families
from preceptor.curriculum.page.markdown import curriculum_page, curriculum_picture, strands
from preceptor.curriculum.page.picture import direct_prerequisites
from preceptor.domain import Concept

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page():
    return curriculum_page()


def test_the_page_and_its_picture_are_up_to_date(page):
    assert (DOCS / "curriculum.md").read_text(encoding="utf-8") == page, "run `make docs`"
    picture = (DOCS / "images" / "curriculum.svg").read_text(encoding="utf-8")
    assert picture == curriculum_picture(), "run `make docs`"


def test_every_family_shows_three_questions_with_steps_and_hints(page):
    for family in families():
        part = page.split(f"<b>{family.name}</b>")[1].split("</details>")[0]
        assert part.count("\nKey: ") == 3
        assert part.count("\nHints: ") == 3
        assert part.count("\n1. ") == 3


def test_the_picture_shows_every_concept_and_every_direct_prerequisite():
    root = ElementTree.fromstring(curriculum_picture())
    boxes = root.findall(f"{SVG}g")
    assert len(boxes) == len(CONCEPTS)
    shown = {"".join(text.text for text in box.findall(f"{SVG}text")[:-1]).replace(" ", "") for box in boxes}
    assert all(any(name.startswith(part) for part in shown) for name in (c.name.replace(" ", "") for c in CONCEPTS))
    edges = [path for path in root.findall(f"{SVG}path") if path.get("class") == "edge"]
    assert len(edges) == len(direct_prerequisites(CONCEPTS))
    places = {(box.find(f"{SVG}rect").get("x"), box.find(f"{SVG}rect").get("y")) for box in boxes}
    assert len(places) == len(boxes)


def test_strands_hold_every_concept_once():
    members = [concept for strand in strands().values() for concept in strand]
    assert sorted(members) == sorted(concept.concept_id for concept in CONCEPTS)


def test_what_a_prerequisite_needs_is_not_drawn_again():
    chain = [Concept("a", "A"), Concept("b", "B", prerequisites=("a",)), Concept("c", "C", prerequisites=("a", "b"))]
    assert direct_prerequisites(chain) == [("a", "b"), ("b", "c")]
