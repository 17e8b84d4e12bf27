"""Wrong ideas about percent."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("numerator-as-percent", "percent-notation", "takes the numerator for the percent",
        "Percent means out of 100. First find the equal fraction with the denominator 100."),
    Misconception("joins-digits-as-percent", "percent-notation", "joins the digits of the fraction",
        "A fraction is a division. Divide the numerator by the denominator, then count hundredths."),
    Misconception("decimal-as-percent", "percent-notation", "gives the decimal instead of the percent",
        "The decimal is right; now say how many hundredths it is. That number is the percent."),
    Misconception("subtracts-percent-number", "percent-of-quantity", "subtracts the number of percent",
        "A percent is a part of the amount, not a number to take away. Find one percent first."),
    Misconception("divides-by-percent", "percent-of-quantity", "divides by the number of percent",
        "Dividing by 20 does not give 20 percent. One percent is the amount divided by 100."),
    Misconception("one-tenth-for-one-percent", "percent-of-quantity", "takes one tenth for one percent",
        "One percent is one hundredth. One tenth is ten percent."),
    Misconception("change-instead-of-new", "percent-change", "gives the change instead of the new amount",
        "You found by how much it changes. Now add it to the old amount or subtract it."),
    Misconception("percent-as-amount", "percent-change", "treats the percent as a plain number",
        "How much a percent is worth depends on the old amount. Find that part of it first."),
    Misconception("changes-wrong-way", "percent-change", "raises instead of lowering, or lowers instead of raising",
        "Decide first whether the new amount is larger or smaller than the old one."),
    Misconception("compares-with-new", "percent-change", "compares with the new amount",
        "A change is measured against what was there before. Divide by the old amount."),
)  # fmt: skip
