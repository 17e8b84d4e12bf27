"""Wrong ideas about percent."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("numerator-as-percent", "percent-notation", "takes the numerator for the percent",
        "Percent means out of 100. First find the equal fraction with the denominator 100."),
    Misconception("decimal-as-percent", "percent-notation", "gives the decimal instead of the percent",
        "The decimal is right; now say how many hundredths it is. That number is the percent."),
    Misconception("tenths-for-hundredths", "percent-notation", "counts tenths instead of hundredths",
        "The word percent holds the Latin word for a hundred. So the denominator is 100."),
    Misconception("percent-as-denominator", "percent-notation", "takes the percent for the denominator",
        "The percent counts the hundredths, so it stands in the numerator, over 100."),
    Misconception("subtracts-percent-number", "percent-of-quantity", "subtracts the number of percent",
        "A percent is a part of the amount, not a number to take away. Find one percent first."),
    Misconception("divides-by-percent", "percent-of-quantity", "divides by the number of percent",
        "Dividing by 20 does not give 20 percent. One percent is the amount divided by 100."),
    Misconception("one-tenth-for-one-percent", "percent-of-quantity", "takes one tenth for one percent",
        "One percent is one hundredth. One tenth is ten percent."),
    Misconception("percent-of-the-part", "percent-of-quantity", "takes the percent of the part instead of the whole",
        "The number you know is only a part. The whole must be larger, so find one percent of it first."),
    Misconception("change-instead-of-new", "percent-change", "gives the change instead of the new amount",
        "You found by how much it changes. Now add it to the old amount or subtract it."),
    Misconception("percent-as-amount", "percent-change", "treats the percent as a plain number",
        "How much a percent is worth depends on the old amount. Find that part of it first."),
    Misconception("changes-wrong-way", "percent-change", "raises instead of lowering, or lowers instead of raising",
        "Decide first whether the new amount is larger or smaller than the old one."),
    Misconception("compares-with-new", "percent-change", "compares with the new amount",
        "A change is measured against what was there before. Divide by the old amount."),
    Misconception("adds-percents", "percent-change", "adds up the percents of two changes",
        "The second change is measured against the amount after the first one. Find that amount first."),
)  # fmt: skip
