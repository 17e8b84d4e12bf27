"""Wrong ideas about equations."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("repeats-operation", "one-step-equations", "does the same operation again instead of undoing it",
        "To undo adding, subtract; to undo dividing, multiply. Use the opposite operation."),
    Misconception("subtracts-coefficient", "one-step-equations", "subtracts the coefficient instead of dividing by it",
        "3x means 3 times x. The opposite of multiplying is dividing."),
    Misconception("adds-constant-over", "two-step-equations", "moves the number over without changing the operation",
        "If the number is added on one side, subtract it from both sides."),
    Misconception("forgets-to-divide", "two-step-equations", "stops before the last step",
        "You know several x together. One more step gives a single x."),
    Misconception("forgets-to-turn-sign", "inequalities", "keeps the sign when dividing by a negative number",
        "Dividing by a negative number turns the order around: 2 < 3, but -2 > -3. Turn the sign too."),
    Misconception("turns-sign-needlessly", "inequalities", "turns the sign around without a reason",
        "The sign turns only when you multiply or divide by a negative number."),
    Misconception("swaps-boundary-sign", "inequalities", "loses the sign of the boundary",
        "Put your boundary into both sides: they have to come out equal. Mind the minus signs."),
)  # fmt: skip
