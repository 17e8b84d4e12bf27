"""Families on fractions."""

from preceptor.curriculum.families.fractions.amounts import fraction_of_amount, several_times
from preceptor.curriculum.families.fractions.compare import greatest_fraction, order_fractions
from preceptor.curriculum.families.fractions.equivalent import equal_fraction, missing_numerator
from preceptor.curriculum.families.fractions.like import add_like, rest_of_whole
from preceptor.curriculum.families.fractions.mixed import count_wholes, exchange_wholes
from preceptor.curriculum.families.fractions.mixed_sums import add_mixed, subtract_mixed
from preceptor.curriculum.families.fractions.number_line import count_jumps, marks_between, point_on_line
from preceptor.curriculum.families.fractions.products import part_of_part
from preceptor.curriculum.families.fractions.quotients import divide_by_fraction, how_many_pieces
from preceptor.curriculum.families.fractions.unlike import add_unlike, subtract_unlike
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    point_on_line,
    count_jumps,
    marks_between,
    missing_numerator,
    equal_fraction,
    greatest_fraction,
    order_fractions,
    add_like,
    rest_of_whole,
    exchange_wholes,
    count_wholes,
    fraction_of_amount,
    several_times,
    add_unlike,
    subtract_unlike,
    subtract_mixed,
    add_mixed,
    part_of_part,
    how_many_pieces,
    divide_by_fraction,
)
