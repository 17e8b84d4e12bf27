"""Wrong ideas about negative numbers."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("ignores-sign", "order-integers", "compares negative numbers as if they were positive",
        "Left of zero, further away means less: 8 below zero is colder than 3 below zero."),
    Misconception("zero-is-least", "order-integers", "takes zero for the least number",
        "Numbers go on to the left of zero. Every negative number is less than zero."),
    Misconception("keeps-sign", "absolute-value", "keeps the minus sign in an absolute value",
        "Absolute value is a distance from zero, and a distance is never negative."),
    Misconception("adds-sizes-keeps-sign", "add-integers", "combines the sizes and ignores the direction",
        "Use a number line: start at the first number, then go right to add or left to subtract."),
    Misconception("drops-minus-sign", "add-integers", "loses the minus sign",
        "Check on which side of zero you end up. On the left side the result is negative."),
    Misconception("ignores-double-negative", "add-integers", "subtracts a negative number as if it were positive",
        "Subtracting a debt makes you richer: subtracting a negative number means adding."),
    Misconception("wrong-product-sign", "multiply-integers", "gives the product or quotient the wrong sign",
        "Equal signs give a positive result, different signs a negative one."),
    Misconception("adds-factors", "multiply-integers", "adds the factors",
        "The sign between the numbers asks for a product. Multiply two numbers at a time."),
)  # fmt: skip
