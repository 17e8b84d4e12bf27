"""Families on whole numbers."""

from preceptor.curriculum.families.whole_numbers.facts import division_fact, multiplication_fact
from preceptor.curriculum.families.whole_numbers.places import digit_value, order_by_size, round_to_place
from preceptor.curriculum.families.whole_numbers.products import multiply_by_parts, pack_again, share_out
from preceptor.curriculum.families.whole_numbers.stories import money_left, share_and_go_on
from preceptor.curriculum.families.whole_numbers.sums import add_whole, subtract_whole
from preceptor.curriculum.families.whole_numbers.time import find_the_time, minutes_between
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    multiplication_fact,
    division_fact,
    add_whole,
    subtract_whole,
    money_left,
    share_and_go_on,
    minutes_between,
    find_the_time,
    digit_value,
    order_by_size,
    round_to_place,
    multiply_by_parts,
    share_out,
    pack_again,
)
