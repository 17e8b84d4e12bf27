"""Families on decimals."""

from preceptor.curriculum.families.decimals.operations import add_decimals, change_due, multiply_decimals
from preceptor.curriculum.families.decimals.places import order_decimals, shift_places, write_as_decimal
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    write_as_decimal,
    order_decimals,
    shift_places,
    add_decimals,
    multiply_decimals,
    change_due,
)
