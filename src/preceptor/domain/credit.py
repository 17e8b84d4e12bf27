"""Credit in words: a right answer after hints earns a part of a point."""

_NOTHING = 1e-6


def points_text(credit: float) -> str:
    """A sum of credit with at most one decimal: "3", "0.7"."""
    return f"{credit:.1f}".removesuffix(".0")


def score_text(credit: float, answers: int) -> str:
    """A sum of credit out of the answers given: "2 of 3 right", or "0.7 of 3 points" where hints took a part."""
    if abs(credit - round(credit)) < _NOTHING:
        return f"{round(credit)} of {answers} right"
    return f"{points_text(credit)} of {answers} {'point' if answers == 1 else 'points'}"
