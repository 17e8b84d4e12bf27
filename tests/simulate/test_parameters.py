import re
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import pytest

from preceptor.simulate import DEFAULT_KNOWN, DEFAULT_LATENT, family_class, taught_family_names

PAGE = Path(__file__).parents[2] / "docs" / "latent-mind.md"
HEADINGS = {
    "## Parameters": DEFAULT_LATENT,
    "### Its parameters": DEFAULT_KNOWN,
    **{f"### Numbers of {name}": family_class(name).parameters_class() for name in taught_family_names()},
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_page_lists_every_parameter_with_its_value(heading):
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n{heading}\n")
    listed = dict(re.findall(r"^\| `(\w+)` \| ([\d.-]+) \|", re.split("\n##+ ", rest)[0], re.MULTILINE))
    assert {name: float(value) for name, value in listed.items()} == asdict(HEADINGS[heading])


def test_the_defaults_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        DEFAULT_LATENT.base_logit = 0.0
