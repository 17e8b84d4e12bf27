"""Curves over concepts that were not there when they were fitted."""

import numpy as np
import pytest

from preceptor.forgetting import curve_names, load_curve, make_curve


@pytest.mark.parametrize("name", curve_names())
def test_known_concepts_keep_their_strength_and_new_ones_have_the_mean(name):
    values = make_curve(name, 3).to_dict()
    if "base" in values:
        values["base"] = [0.0, 1.0, 5.0]
    curve = load_curve(values)
    found = curve.regrouped(np.array([2, -1, 0, 1])).to_dict()
    assert found.get("base", [5.0, 2.0, 0.0, 1.0]) == [5.0, 2.0, 0.0, 1.0]
    assert {name: value for name, value in found.items() if name != "base"} == {
        name: value for name, value in curve.to_dict().items() if name != "base"
    }
    same = curve.regrouped(np.arange(3)).to_dict()
    assert same == curve.to_dict()
