"""Families on data and probability."""

from preceptor.curriculum.families.statistics.averages import mean, median, value_for_mean
from preceptor.curriculum.families.statistics.chances import best_chance, draw_one
from preceptor.curriculum.families.statistics.compound import both_events, count_outcomes, draw_two
from preceptor.curriculum.families.statistics.graphs import compare_graph_rows, read_scaled_graph
from preceptor.curriculum.families.statistics.spread import data_range, interquartile_range, quartiles
from preceptor.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    read_scaled_graph,
    compare_graph_rows,
    mean,
    value_for_mean,
    median,
    data_range,
    quartiles,
    interquartile_range,
    draw_one,
    best_chance,
    count_outcomes,
    both_events,
    draw_two,
)
