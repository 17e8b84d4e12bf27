"""Wrong ideas about whole numbers."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("face-value", "place-value", "gives the digit itself instead of its value",
        "A digit counts units of its place: a 4 in the hundreds place means 4 hundreds, which is 400."),
    Misconception("one-place-off", "place-value", "counts the places one off",
        "Start counting at the right: the first place holds the ones, the second the tens."),
    Misconception("always-rounds-down", "round-whole", "cuts the digits off instead of rounding",
        "Look at the first digit you drop. If it is 5 or more, the number is nearer to the next one up."),
    Misconception("always-rounds-up", "round-whole", "rounds up whatever the next digit is",
        "Compare with the halfway point: below it, the number is nearer to the lower neighbor."),
    Misconception("forgets-place-zero", "multiply-whole", "treats the tens as ones in a partial product",
        "The 2 in 24 stands for 20. Multiply by 20, and the partial product ends in a zero."),
    Misconception("skips-partial-product", "multiply-whole", "leaves out one of the partial products",
        "Every part of the number has to be multiplied. Write each partial product down, then add them all."),
    Misconception("remainder-as-answer", "divide-remainder", "mixes up the quotient and the remainder",
        "The quotient counts the groups, the remainder counts what is left. Ask which one the question wants."),
    Misconception("ignores-leftover", "divide-remainder", "forgets what the remainder means in the story",
        "Go back to the story: does what is left over need one more group, or does it not count?"),
)  # fmt: skip
