"""Families on factors, powers and roots."""

from preceptor.curriculum.families.factors_and_powers.factors import (
    greatest_common_factor,
    least_common_multiple,
    list_factors,
)
from preceptor.curriculum.families.factors_and_powers.laws import negative_exponent, powers_as_one
from preceptor.curriculum.families.factors_and_powers.operations import order_of_operations, power
from preceptor.curriculum.families.factors_and_powers.roots import root_between, side_of_square, square_solutions
from preceptor.curriculum.families.factors_and_powers.scientific import (
    choose_notation,
    multiply_scientific,
    write_out_scientific,
)
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    list_factors,
    order_of_operations,
    power,
    greatest_common_factor,
    least_common_multiple,
    powers_as_one,
    negative_exponent,
    write_out_scientific,
    choose_notation,
    multiply_scientific,
    square_solutions,
    side_of_square,
    root_between,
)
