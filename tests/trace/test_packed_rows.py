import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.trace.packed_rows import rows_before, step_slices


@settings(deadline=None, derandomize=True)
@given(lengths=st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_rows_before_are_the_same_students_one_step_earlier(lengths):
    lengths = sorted(lengths, reverse=True)
    active = tuple(sum(n > step for n in lengths) for step in range(lengths[0]))
    rows = [(student, step) for step, n in enumerate(active) for student in range(n)]
    before = rows_before(active, torch.empty(0).device)
    assert [rows[i] for i in before.tolist()] == [(student, step - 1) for student, step in rows[active[0] :]]
    assert [[step] * n for step, n in enumerate(active)] == [[step for _, step in rows[s]] for s in step_slices(active)]
