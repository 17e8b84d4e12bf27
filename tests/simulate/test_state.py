from dataclasses import fields

import numpy as np

from preceptor.simulate import LatentState


def test_saving_and_loading_keeps_every_bit(state, tmp_path):
    state.save(tmp_path / "state.npz")
    loaded = LatentState.load(tmp_path / "state.npz")
    for f in fields(LatentState):
        assert np.array_equal(getattr(loaded, f.name), getattr(state, f.name))
        assert getattr(loaded, f.name).dtype == getattr(state, f.name).dtype


def test_replaced_changes_only_the_rows_named_and_not_the_original(state):
    before = state.copy()
    mixed = state.replaced(np.array([3, 1]), state.take(np.array([7, 8])))
    assert np.array_equal(mixed.skill[[3, 1, 2]], before.skill[[7, 8, 2]])
    assert np.array_equal(state.skill, before.skill)
    assert len(mixed) == len(state)
