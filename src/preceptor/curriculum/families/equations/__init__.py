"""Families on equations."""

from preceptor.curriculum.families.equations.basic import one_step, two_step
from preceptor.curriculum.families.equations.both_sides import both_sides_with_parentheses, unknown_on_both_sides
from preceptor.curriculum.families.equations.counts import count_solutions, number_for_all_or_none
from preceptor.curriculum.families.equations.inequalities import inequality
from preceptor.curriculum.families.equations.parentheses import equation_with_parentheses, side_from_perimeter
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    one_step,
    two_step,
    equation_with_parentheses,
    side_from_perimeter,
    inequality,
    unknown_on_both_sides,
    both_sides_with_parentheses,
    count_solutions,
    number_for_all_or_none,
)
