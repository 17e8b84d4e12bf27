"""Wrong ideas about decimals."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("skips-zero-place", "decimal-fractions", "puts the digits in the wrong decimal places",
        "The last digit belongs in the place the denominator names. Fill empty places before it with zeros."),
    Misconception("point-as-bar", "decimal-fractions", "writes numerator and denominator after the point",
        "Only the numerator is written after the point. The denominator tells how many places it fills."),
    Misconception("longer-is-larger", "compare-decimals", "takes the longest decimal for the largest",
        "More digits do not make a decimal larger. Compare the tenths first, then the hundredths."),
    Misconception("shorter-is-larger", "compare-decimals", "takes the shortest decimal for the largest",
        "Tenths are larger parts than hundredths, but there may be few of them. Compare place by place from the left."),
    Misconception("compares-last-digits", "compare-decimals", "compares the last digits",
        "The first place after the point counts most. Start comparing there, not at the end."),
    Misconception("shifts-wrong-way", "powers-of-ten", "moves the digits the wrong way",
        "Ask whether the result should be larger or smaller than the number you started with."),
    Misconception("appends-zeros", "powers-of-ten", "adds zeros at the end of a decimal",
        "Zeros at the end of a decimal do not change it. Move every digit to its new place instead."),
    Misconception("adds-parts-separately", "add-decimals", "adds in front of and behind the point separately",
        "Ten tenths make a whole. Carry it over to the ones."),
    Misconception("lines-up-right", "add-decimals", "lines the numbers up at their last digits",
        "Write decimal point under decimal point, so that tenths stand under tenths. Fill gaps with zeros."),
    Misconception("keeps-places-of-one-factor", "multiply-decimals", "takes too few decimal places for the product",
        "Count the decimal places of both factors together. The product has that many."),
    Misconception("point-not-placed", "multiply-decimals", "forgets the decimal point in the product",
        "Estimate first: the product of two small numbers cannot be that large. Then place the point."),
    Misconception("one-item-only", "multiply-decimals", "counts the price of one item only",
        "The price is for each item. Multiply it by the number of items first."),
)  # fmt: skip
