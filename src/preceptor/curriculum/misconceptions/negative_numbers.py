"""Wrong ideas about negative numbers."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("ignores-sign", "order-integers", "orders negative numbers as if they were positive",
        "Left of zero, further away means less: 8 below zero is colder than 3 below zero."),
    Misconception("orders-by-size", "order-integers", "orders numbers without looking at their signs",
        "Every negative number is less than every positive one. Sort by the sign first."),
    Misconception("zero-is-least", "order-integers", "takes zero for the least number",
        "Numbers go on to the left of zero. Every negative number is less than zero."),
    Misconception("keeps-sign", "absolute-value", "keeps the minus sign in an absolute value",
        "Absolute value is a distance from zero, and a distance is never negative."),
    Misconception("takes-opposite", "absolute-value", "takes the opposite number for the absolute value",
        "The absolute value asks how far a number is from zero. A positive number stays as it is."),
    Misconception("adds-sizes-keeps-sign", "add-integers", "adds the sizes and puts a minus sign in front",
        "Use a number line: start at the first number, then go right to add or left to subtract."),
    Misconception("drops-minus-sign", "add-integers", "loses a minus sign while adding",
        "Copy every number with its sign. On a number line you see on which side of zero you are."),
    Misconception("ignores-double-negative", "add-integers", "subtracts a negative number as if it were positive",
        "Taking away a debt leaves you with more: subtracting a negative number means adding."),
    Misconception("minus-and-minus-is-plus", "add-integers", "makes everything positive where two minus signs meet",
        "That rule belongs to multiplying. When you add, start at the first number and move along the number line."),
    Misconception("wrong-product-sign", "multiply-integers", "gives the product or quotient the wrong sign",
        "Equal signs give a positive result, different signs a negative one."),
    Misconception("adds-factors", "multiply-integers", "adds or subtracts instead of multiplying or dividing",
        "Look at the operation again: here the numbers are multiplied or divided, not added."),
    Misconception("first-sign-wins", "rational-operations", "gives the result the sign of the first number",
        "The number that is further from zero decides about the sign of a sum."),
    Misconception("leaves-signs-out", "rational-operations", "calculates as if no number had a minus sign",
        "Fractions and decimals can lie on the left of zero too. Keep each minus sign while you calculate."),
    Misconception("counts-change-once", "rational-operations", "counts a change that repeats only once",
        "The change happens again and again. Multiply it by how often it happens, then add."),
)  # fmt: skip
