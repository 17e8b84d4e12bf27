"""Families on negative numbers."""

from preceptor.curriculum.families.negative_numbers.operations import add_integers, multiply_integers
from preceptor.curriculum.families.negative_numbers.order import absolute_value, order_integers
from preceptor.curriculum.families.negative_numbers.rational import (
    add_negative_fractions,
    change_by_decimals,
    multiply_negative_fractions,
)
from preceptor.curriculum.families.negative_numbers.statements import compare_distances
from preceptor.curriculum.families.negative_numbers.substitution import evaluate_at_negative
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    order_integers,
    absolute_value,
    compare_distances,
    add_integers,
    multiply_integers,
    evaluate_at_negative,
    add_negative_fractions,
    multiply_negative_fractions,
    change_by_decimals,
)
