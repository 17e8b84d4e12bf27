"""Wrong ideas about points, lines and systems."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
)  # fmt: skip
