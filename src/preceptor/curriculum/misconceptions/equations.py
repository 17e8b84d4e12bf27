"""Wrong ideas about equations."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("repeats-operation", "one-step-equations", "does the same operation again instead of undoing it",
        "To undo adding, subtract; to undo dividing, multiply. Use the opposite operation."),
    Misconception("subtracts-coefficient", "one-step-equations", "subtracts the coefficient instead of dividing by it",
        "3x means 3 times x. The opposite of multiplying is dividing."),
    Misconception("right-side-as-solution", "one-step-equations", "gives the number on the right side as the solution",
        "Put your number in place of x: the left side has to come out as the right side."),
    Misconception("adds-constant-over", "two-step-equations", "moves the number over without changing the operation",
        "Do the opposite on both sides: subtract what is added, add what is subtracted."),
    Misconception("forgets-to-divide", "two-step-equations", "stops before the last step",
        "You know several x together. One more step gives a single x."),
    Misconception("turns-sign-wrongly", "inequalities", "does not know when the inequality sign turns around",
        "The sign turns around if you multiply or divide by a negative number, and only then."),
    Misconception("swaps-boundary-sign", "inequalities", "loses the sign of the boundary",
        "Put your boundary into both sides: they have to come out equal. Mind the minus signs."),
    Misconception("adds-unknowns", "multi-step-equations", "adds the terms with x from both sides",
        "What stands on the other side has to be undone. Take the smaller term with x away from both sides."),
    Misconception("overlooks-second-term", "multi-step-equations", "overlooks one of the terms with x",
        "Mark every term with x before you start. All of them count."),
    Misconception("mixes-zero-and-none", "solution-counts", "mixes up the solution 0 and no solution",
        "0 is a number and can be a solution. No solution means that no number works, not even 0."),
    Misconception("swaps-none-and-all", "solution-counts", "mixes up no solution and every number",
        "Look at what is left: 4 = 4 is true for every number, 4 = 7 is true for none."),
    Misconception("leftover-as-solution", "solution-counts", "gives a number that is left over as the solution",
        "When x has disappeared, no number is its value. Ask whether what is left is true."),
)  # fmt: skip
