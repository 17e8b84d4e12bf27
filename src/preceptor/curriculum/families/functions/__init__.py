"""Families on points, lines and systems."""

from preceptor.curriculum.families.functions.lines import equation_of_line, meaning_of_numbers, predict_value
from preceptor.curriculum.families.functions.points import distance_between_points, reflect_point, where_walk_ends
from preceptor.curriculum.families.functions.slopes import slope_of_line, speed_from_two_times
from preceptor.curriculum.families.functions.systems import solve_system, two_prices
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    distance_between_points,
    where_walk_ends,
    reflect_point,
    speed_from_two_times,
    slope_of_line,
    meaning_of_numbers,
    predict_value,
    equation_of_line,
    solve_system,
    two_prices,
)
