"""People and small situations that questions are set in."""

import random

NAMES = (
    "Amara", "Bao", "Carlos", "Dina", "Elif", "Farid", "Grace", "Hiro", "Ines", "Jamal", "Kaya", "Liam",
    "Mei", "Noor", "Omar", "Priya", "Quinn", "Rosa", "Sami", "Tomas", "Uma", "Viktor", "Wren", "Yusuf", "Zoe",
)  # fmt: skip


def person(rng: random.Random) -> str:
    """Draw a first name."""
    return rng.choice(NAMES)
