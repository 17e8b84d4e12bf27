import pytest

from preceptor.bench import BenchOptions, make_bench, retrieval_steps, tutor
from preceptor.curriculum import built_in_bank
from preceptor.domain import Bank, UserError


def test_one_student_with_many_memories(monkeypatch):
    whole = built_in_bank(questions_per_family=1)
    concepts = whole.concepts[:6]
    few = {concept.concept_id for concept in concepts}
    small = Bank(concepts, tuple(question for question in whole.questions if set(question.concepts) <= few))
    monkeypatch.setattr(retrieval_steps, "built_in_bank", lambda: small)
    answer = retrieval_steps.serve({"encoder": "lexical", "seed": 0, "memories": 120})
    found = answer({"repeats": 6})
    assert set(found) == {"search", "query", "append", "tag"}
    assert all(0 < part["p50"] <= part["p95"] for part in found.values())


def test_parts_are_measured_by_name_with_their_limits(monkeypatch):
    asked = []

    class Told:
        peak_bytes = 1_000_000

        def __init__(self, script, arguments):
            asked.append(arguments["encoder"])

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def ask(self, repeats):
            return {name: {"p50": 1.0, "p95": 2.0, "cpu_p95": 1.5} for name in ("search", "query", "append", "tag")}

    monkeypatch.setattr("preceptor.bench.retrieval.Worker", Told)
    rows = make_bench("tutor").run(BenchOptions(only=("retrieval-lexical",)), lambda *step: None)
    assert asked == ["lexical"]
    limits = {row.name: row.reference for row in rows if row.reference is not None}
    assert sorted(limits.values()) == [5.0, 10.0]
    assert all(name.endswith("p95") for name in limits)
    assert set(tutor.PARTS) >= {"retrieval-lexical", "retrieval-minilm"}


def test_an_unknown_part_is_told():
    with pytest.raises(UserError, match="retrieval-lexical"):
        make_bench("tutor").run(BenchOptions(only=("retrieval",)), lambda *step: None)
