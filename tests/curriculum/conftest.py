import random

import pytest

from preceptor.curriculum import Draft, Form, built_in_bank, family, step
from preceptor.domain import QuestionKind


@pytest.fixture(scope="session")
def bank():
    return built_in_bank()


@pytest.fixture
def sum_draft():
    """Makes a sound little draft, 2 + 5 unless told otherwise."""

    def make(a=2, b=5, **changes):
        content = {
            "values": {"a": a, "b": b, "c": a + b},
            "stems": {
                Form.BARE: "What is $<a> + <b>$?",
                Form.STORY: "You find $<a>$ nuts and $<b>$ more. How many nuts are that?",
                Form.TABLE: "There are $<a>$ red and $<b>$ blue tiles. How many tiles are that?",
                Form.TRANSFER: "A path of $<a>$ steps goes on for $<b>$ steps. How many steps is it long?",
            },
            "key": "<c>",
            "check": "<a> + <b>",
            "steps": (step("Count on: $<a> + <b> = <c>$.", "<c>"),),
            "hints": ("Put both together.", "Start at $<a>$ and count on.", "$<a> + <b> = <c>$."),
            "wrong": {"always-rounds-up": "<a> * <b>", "always-rounds-down": "|<a> - <b>|", "face-value": "<a><b>"},
            "kind": QuestionKind.NUMBER,
        }
        return Draft(**(content | changes))

    return make


@pytest.fixture
def family_of():
    """Makes a family that always writes one draft."""

    def make(draft, *concepts):
        @family(*(concepts or ("round-whole",)), easiest=0.0)
        def one_draft(rng: random.Random, level: int) -> Draft:
            return draft

        return one_draft

    return make
