from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.serve.map_layout import MOST_LINKED, cells, columns


@dataclass(frozen=True)
class Spot:
    concept_id: str
    grade: int | None = None
    prerequisites: tuple[str, ...] = ()


def named(placed):
    return [(column.title, [concept.concept_id for concept in column.concepts]) for column in placed]


def test_grades_are_columns_and_what_is_needed_stands_above():
    spots = [Spot("c", 5, ("b",)), Spot("b", 5, ("a",)), Spot("a", 4), Spot("x", None)]
    assert named(columns(spots)) == [("Grade 4", ["a"]), ("Grade 5", ["b", "c"]), ("Other", ["x"])]


def test_without_grades_prerequisites_make_the_columns():
    spots = [Spot("b", None, ("a",)), Spot("a"), Spot("c", None, ("b", "missing"))]
    assert named(columns(spots)) == [("Step 1", ["a"]), ("Step 2", ["b"]), ("Step 3", ["c"])]


def test_without_either_there_is_one_column():
    assert named(columns([Spot("a"), Spot("b")])) == [("All concepts", ["a", "b"])]
    assert columns([]) == ()


def test_a_cycle_does_not_stop_the_map():
    assert named(columns([Spot("a", None, ("b",)), Spot("b", None, ("a",))])) == [("All concepts", ["a", "b"])]


def test_too_many_concepts_are_drawn_without_links():
    assert cells(columns([Spot(f"c{i}", 4) for i in range(MOST_LINKED + 1)])) == {}


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(0, 11))), min_size=1, max_size=12))
def test_every_concept_has_its_own_cell_below_what_it_needs(entries):
    spots = [Spot(str(i), grade, tuple(str(p) for p in needs if p < i)) for i, (grade, needs) in enumerate(entries)]
    where = cells(columns(spots))
    assert len(set(where.values())) == len(spots)
    for spot in spots:
        for needed in spot.prerequisites:
            if where[needed].column == where[spot.concept_id].column:
                assert where[needed].row < where[spot.concept_id].row
