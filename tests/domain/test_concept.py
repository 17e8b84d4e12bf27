import pytest

from preceptor.domain import Concept, UserError, topological_order


def concept(concept_id, *prerequisites):
    return Concept(concept_id, concept_id, prerequisites=prerequisites)


def test_prerequisites_come_first():
    order = topological_order([concept("ratio", "frac", "mul"), concept("frac", "mul"), concept("mul"), concept("geo")])
    assert sorted(order) == ["frac", "geo", "mul", "ratio"]
    assert order.index("mul") < order.index("frac") < order.index("ratio")


def test_a_cycle_is_named():
    with pytest.raises(UserError, match="cycle") as caught:
        topological_order([concept("a", "b"), concept("b", "c"), concept("c", "a"), concept("d")])
    message = str(caught.value)
    assert message.count("→") == 3
    assert all(name in message.splitlines()[0] for name in "abc")
    assert caught.value.mend
