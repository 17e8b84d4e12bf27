"""Wrong ideas about data and probability."""

from preceptor.domain import Misconception

MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception("forgets-to-share", "mean", "adds up the values but does not divide",
        "The mean shares the total out equally. Divide by the number of values."),
    Misconception("median-for-mean", "mean", "gives the median instead of the mean",
        "The middle value is the median. For the mean, add all values and divide by how many there are."),
    Misconception("aims-at-mean-itself", "mean", "takes the mean itself for the missing value",
        "The earlier games pull the mean up or down, so the next one has to make up for them."),
    Misconception("averages-known-only", "mean", "finds the mean of the known values only",
        "That is the mean so far. Work out the total that is needed for all games."),
    Misconception("median-of-unordered", "median", "takes the middle without ordering the values",
        "The median is in the middle of the ordered list. Put the values in order first."),
    Misconception("mean-for-median", "median", "gives the mean instead of the median",
        "The median is not a shared total. It is the value in the middle of the ordered list."),
    Misconception("part-to-part-odds", "probability", "compares with the other outcomes instead of all",
        "Divide by all outcomes, the favorable ones included."),
    Misconception("counts-outcome-kinds", "probability", "takes every color for equally likely",
        "Each single piece is equally likely, not each color. Count the pieces."),
    Misconception("forgets-complement", "probability", "overlooks the word not",
        "Read again which outcomes count. Here they are all the others."),
)  # fmt: skip
