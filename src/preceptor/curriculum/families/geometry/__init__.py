"""Families on angles, lengths, areas and volumes."""

from preceptor.curriculum.families.geometry.angle_equations import angle_equation, fitting_angle_equation
from preceptor.curriculum.families.geometry.angles import equal_angles, missing_angle
from preceptor.curriculum.families.geometry.boxes import box_height, box_surface, box_volume, surface_from_volume
from preceptor.curriculum.families.geometry.circles import circle_area, circumference
from preceptor.curriculum.families.geometry.circles_in_decimals import circle_in_decimals
from preceptor.curriculum.families.geometry.cylinders import cylinder_height, cylinder_volume
from preceptor.curriculum.families.geometry.rectangles import fractional_area, missing_side, rectangle
from preceptor.curriculum.families.geometry.right_triangle_tasks import right_triangle_area, right_triangle_equation
from preceptor.curriculum.families.geometry.right_triangles import longest_side, short_side
from preceptor.curriculum.families.geometry.rings import ring_area
from preceptor.curriculum.families.geometry.triangles import triangle_area, triangle_height
from preceptor.curriculum.families.geometry.unknown_angles import crossing_lines, triangle_angle
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    rectangle,
    missing_side,
    fractional_area,
    missing_angle,
    equal_angles,
    crossing_lines,
    triangle_angle,
    fitting_angle_equation,
    angle_equation,
    box_volume,
    box_height,
    box_surface,
    surface_from_volume,
    triangle_area,
    triangle_height,
    circumference,
    circle_area,
    ring_area,
    circle_in_decimals,
    longest_side,
    short_side,
    right_triangle_equation,
    right_triangle_area,
    cylinder_volume,
    cylinder_height,
)
