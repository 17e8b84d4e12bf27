"""Wrong ideas about ratios."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("adds-difference", "equivalent-ratios", "adds the same amount to both parts of a ratio",
        "Ratios grow by multiplying. If one amount doubles, the other doubles too."),
    Misconception("swaps-ratio-terms", "equivalent-ratios", "mixes up the two parts of a ratio",
        "The order in a ratio matters. Write the name of each quantity above its number."),
    Misconception("part-to-part-as-whole", "equivalent-ratios", "takes one part for the whole mixture",
        "The whole is the sum of the parts. Add the parts of the ratio first."),
    Misconception("divides-upside-down", "unit-rates", "divides the wrong way around",
        "The amount for one hour is the amount divided by the hours. Check with the units."),
    Misconception("multiplies-rate", "unit-rates", "multiplies where it should divide",
        "One gets less than many together. Share the total out by dividing."),
    Misconception("lowest-total-price", "unit-rates", "compares total prices only",
        "The packs hold different numbers of pieces. Find the price of one piece in each pack."),
    Misconception("largest-pack", "unit-rates", "takes the largest pack for the best buy",
        "A large pack is not always cheaper. Divide the price by the number of pieces to find out."),
    Misconception("converts-wrong-way", "unit-conversion", "divides where it should multiply, or the other way around",
        "You need more of a smaller unit and fewer of a larger one. Check your result against that."),
    Misconception("wrong-conversion-factor", "unit-conversion", "uses a wrong conversion factor",
        "Say the fact aloud first: how many of the small unit make one of the large?"),
    Misconception("inverts-constant", "proportional-relationships", "turns the constant upside down",
        "Test your equation with one of the pairs: put x in and see whether y comes out."),
)  # fmt: skip
