import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from preceptor.simulate import DEFAULT_LATENT, LatentParameters

PAGE = Path(__file__).parents[2] / "docs" / "latent-mind.md"


def test_the_page_lists_every_parameter_with_its_value():
    listed = dict(re.findall(r"^\| `(\w+)` \| ([\d.-]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: float(value) for name, value in listed.items()} == {
        f.name: getattr(DEFAULT_LATENT, f.name) for f in fields(LatentParameters)
    }


def test_the_defaults_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        DEFAULT_LATENT.base_logit = 0.0
