"""Frameworks: files of named concepts whose prerequisites never have a cycle."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.annotate import Framework, read_framework
from preceptor.domain import Concept, UserError, topological_order

CCSSM = Path(__file__).parents[2] / "../shared/data/ccssm"


def test_a_csv_gives_codes_names_grades_and_prerequisites(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("code,name,grade,prerequisites\nA,Adding,1,\nB,Multiplying,3,A\nC,Powers,,A; B\n")
    found = read_framework(file)
    assert [(c.concept_id, c.name, c.grade, c.prerequisites) for c in found.concepts] == [
        ("own:A", "Adding", 1, ()),
        ("own:B", "Multiplying", 3, ("own:A",)),
        ("own:C", "Powers", None, ("own:A", "own:B")),
    ]
    assert not any(found.counts.values())


def test_json_and_csv_say_the_same(tmp_path):
    (tmp_path / "f.csv").write_text("code,text,grade,prerequisites\nA,Add numbers.,1,\nB,Multiply numbers.,3,A\n")
    entries = [
        {"code": "A", "text": "Add numbers.", "grade": 1},
        {"code": "B", "text": "Multiply numbers.", "grade": 3, "prerequisites": ["A"]},
    ]
    (tmp_path / "f.json").write_text(json.dumps(entries))
    assert read_framework(tmp_path / "f.csv") == read_framework(tmp_path / "f.json")


def test_a_long_standard_has_a_short_name_and_keeps_its_text(tmp_path):
    text = "Fluently divide multi-digit numbers. " + "For example, find the quotient of two such numbers. " * 5
    (tmp_path / "f.json").write_text(json.dumps([{"code": "A", "text": text}]))
    (concept,) = read_framework(tmp_path / "f.json").concepts
    assert concept.name == "Fluently divide multi-digit numbers"
    assert concept.explanation == text.strip()


def test_cycles_and_unknown_codes_are_mended_and_counted(tmp_path):
    (tmp_path / "f.csv").write_text("code,name,prerequisites\nA,One,C\nB,Two,A;A;Z\nC,Three,B\n")
    found = read_framework(tmp_path / "f.csv")
    assert found.counts == {
        "unknown_prerequisites": 1,
        "repeated_prerequisites": 1,
        "prerequisites_in_cycles": 1,
    }
    assert {c.code: c.prerequisites for c in found.concepts} == {"A": ("f:C",), "B": ("f:A",), "C": ()}


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9)), max_size=40))
def test_whatever_the_edges_what_is_left_is_ordered_and_every_edge_is_accounted_for(edges):
    concepts = [
        Concept(f"c{i}", f"name {i}", prerequisites=tuple(f"c{b}" for a, b in edges if a == i)) for i in range(8)
    ]
    found = Framework.of("f", concepts)
    assert len(topological_order(found.concepts)) == 8
    assert sum(len(c.prerequisites) for c in found.concepts) + sum(found.counts.values()) == len(edges)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code,name\nA,One\nA,Two\n", "stands twice"),
        ("code,name\n", "names no concept"),
        ("name\nOne\n", "no column `code`"),
        ("code,name,grade\nA,One,third\n", "grade is 'third'"),
        ("code,name\nA,\n", "no name or text"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, content, says):
    (tmp_path / "f.csv").write_text(content)
    with pytest.raises(UserError, match=says):
        read_framework(tmp_path / "f.csv")


def test_a_missing_file_and_damaged_json_are_refused(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read_framework(tmp_path / "none.csv")
    (tmp_path / "f.json").write_text("{")
    with pytest.raises(UserError, match="Cannot read"):
        read_framework(tmp_path / "f.json")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("f.csv", b"id;title\nA;One\n", "its first line holds id;title"),
        ("f.csv", b"", "its first line holds nothing"),
        ("f.xlsx", b"PK\x03\x04\xff\xfe", "is no text in UTF-8"),
        ("f.json", b'{"A": "One"}', "no list of objects"),
        ("f.json", b"[1]", "no list of objects"),
        ("f.json", b"nothing", "Cannot read"),
        ("none.csv", None, "does not exist"),
        ("folder", None, "has no ccssm-k8.csv"),
    ],
)
def test_what_fails_is_told_with_every_form_that_is_allowed(tmp_path, name, content, says):
    (tmp_path / "folder").mkdir()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=says) as refused:
        read_framework(tmp_path / name)
    assert str(tmp_path / name) in refused.value.given
    for form in ("CSV", ".json", "code, name (or text)", "ccssm-dependencies.csv"):
        assert form in refused.value.allowed


@pytest.mark.skipif(not CCSSM.is_dir(), reason="needs the Common Core tables")
def test_the_common_core_has_471_standards_and_729_prerequisites():
    found = read_framework(CCSSM)
    assert len(found.concepts) == 471
    assert sum(len(c.prerequisites) for c in found.concepts) == 729
    assert not any(found.counts.values())
    by_code = {c.code: c for c in found.concepts}
    assert by_code["K.CC.A.1"].grade == 0
    assert by_code["HSA.REI.B.4.b"].grade == 9
    assert "ccssm:K.CC.A.1" in by_code["1.NBT.A.1"].prerequisites
    assert max(len(c.name) for c in found.concepts) <= 101
