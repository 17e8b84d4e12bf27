"""Families on writing, evaluating and rewriting expressions."""

from preceptor.curriculum.families.expressions.sums import expand_and_combine
from preceptor.curriculum.families.expressions.terms import expand_parentheses, perimeter_expression
from preceptor.curriculum.families.expressions.values import evaluate_expression
from preceptor.curriculum.families.expressions.writing import words_to_expression
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    words_to_expression,
    evaluate_expression,
    expand_parentheses,
    perimeter_expression,
    expand_and_combine,
)
