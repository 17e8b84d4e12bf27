"""Wrong ideas about factors, powers and roots."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("leaves-out-outer-pair", "factors", "leaves out 1 and the number itself",
        "1 and the number itself divide it too, so the first pair is always 1 and the number."),
    Misconception("lists-multiples", "factors", "lists multiples instead of factors",
        "Factors divide the number, so none is greater than it. Multiples are what you get by multiplying it."),
    Misconception("left-to-right", "order-of-operations", "works strictly from left to right",
        "Multiplication binds tighter than addition: work it out first, wherever it stands."),
    Misconception("ignores-parentheses", "order-of-operations", "works as if the parentheses were not there",
        "Parentheses say: do this part first. Replace them by their value before anything else."),
    Misconception("base-times-exponent", "exponents", "multiplies the base by the exponent",
        "The exponent counts factors. Write the product out: the base stands there that many times."),
    Misconception("one-factor-too-many", "exponents", "uses one factor too many",
        "The exponent is the number of factors, not the number of multiplication signs."),
    Misconception("swaps-gcf-lcm", "gcf-lcm", "mixes up common factor and common multiple",
        "A common factor fits into both numbers, so it is small. A common multiple contains both, so it is large."),
    Misconception("first-common-factor", "gcf-lcm", "stops at the first common factor",
        "Keep going: list all common factors and take the greatest."),
    Misconception("product-as-lcm", "gcf-lcm", "multiplies the numbers to get the least common multiple",
        "The product is a common multiple, but often not the least. Go through the multiples of the larger one."),
)  # fmt: skip
