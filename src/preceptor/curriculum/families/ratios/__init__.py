"""Families on ratios, rates, units and scale."""

from preceptor.curriculum.families.ratios.mixing import scale_recipe, share_in_ratio
from preceptor.curriculum.families.ratios.rates import better_buy, proportional_equation, rate_for_one
from preceptor.curriculum.families.ratios.scale import scale_area, scale_length
from preceptor.curriculum.families.ratios.units import convert_units
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    scale_recipe,
    share_in_ratio,
    rate_for_one,
    better_buy,
    convert_units,
    proportional_equation,
    scale_length,
    scale_area,
)
