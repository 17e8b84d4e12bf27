"""The report: what it draws is right, and the page is one file that loads nothing."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.evaluate import FoldPredictions, report_data, tracing_report
from preceptor.evaluate.report_data import FEWEST, OPPORTUNITIES
from preceptor.evaluate.report_svg import Axis, Series, chart, dot_rows, interval_rows

VOID = {"meta"}


@pytest.fixture(scope="module")
def predictions(course):
    rng, rows = np.random.default_rng(0), np.arange(len(course.log))
    halves = np.array_split(rows, 2)
    better = np.clip(course.p_correct + rng.normal(0, 0.05, len(rows)), 0.01, 0.99)
    return [
        FoldPredictions(model, fold, own, p[own])
        for model, p in (("average of each concept", np.full(len(rows), 0.6)), ("m & <k>", better))
        for fold, own in enumerate(halves, 1)
    ]


@pytest.fixture(scope="module")
def data(bank, course, predictions):
    return report_data(bank, course.log, predictions)


def result_of(**changes):
    estimate = {"mean": 0.7, "sd": 0.01, "ci95": (0.68, 0.72)}
    figures = dict.fromkeys(("auc", "accuracy", "log_loss", "brier", "ece"), estimate)
    row = {"model": "average of each concept", "applicable": True, **figures, "per_concept": figures}
    gains = {"over_floor": {"auc": {"mean": 0.1, "sd": 0.01, "ci95": (0.08, 0.12)}}, "lacked": ["times"]}
    rows = [row, {**row, "model": "m & <k>", **gains}, {"model": "lpkt", "applicable": False, "missing": ["durations"]}]
    told = {
        "name": "leak-free",
        "students": "s",
        "history": "h",
        "concepts": "c",
        "folds": 5,
        "folds_run": [1],
        "seed": 0,
    }
    counts = {"students": 60, "questions": 12, "concepts": 4, "interactions": 900, "data_hash": "abc"}
    return {"course": "A & B", "data": counts, "protocol": told, "rows": rows, "simulated": True} | changes


def test_calibration_bins_hold_the_means_of_their_answers(data, course, predictions):
    floor, model = data.calibration
    assert np.allclose(floor.predicted, 0.6)
    p = np.concatenate([part.p_correct for part in predictions[2:]])
    lowest = np.argsort(p, kind="stable")[: int(np.ceil(len(p) / 20))]
    assert model.predicted[0] == pytest.approx(p[lowest].mean())
    assert model.observed[0] == pytest.approx(course.log.correct[lowest].mean())
    assert list(model.predicted) == sorted(model.predicted)


def test_learning_curves_count_each_student_s_own_opportunities(data, bank, course, predictions):
    log, curve = course.log, data.curves[0]
    concept = next(c.concept_id for c in bank.concepts if c.name == curve.concept)
    own = {q.question_id for q in bank.questions if concept in q.concepts}
    p = np.concatenate([part.p_correct for part in predictions[2:]])
    at = {}
    for student in range(len(log.student_ids)):
        rows = range(int(log.offsets[student]), int(log.offsets[student + 1]))
        practised = [row for row in rows if log.question_ids[log.question[row]] in own]
        for number, row in enumerate(practised[:OPPORTUNITIES], 1):
            at.setdefault(number, []).append(row)
    assert curve.opportunities == tuple(number for number in sorted(at) if len(at[number]) >= FEWEST)
    assert curve.observed == pytest.approx([log.correct[at[number]].mean() for number in curve.opportunities])
    assert curve.predicted["m & <k>"] == pytest.approx([p[at[number]].mean() for number in curve.opportunities])


def test_auc_of_each_concept(data, bank, course, predictions):
    entry, log = data.concepts[0], course.log
    concept = next(c.concept_id for c in bank.concepts if c.name == entry.concept)
    own = {q.question_id for q in bank.questions if concept in q.concepts}
    rows = [row for row in range(len(log)) if log.question_ids[log.question[row]] in own]
    p = np.concatenate([part.p_correct for part in predictions[2:]])
    assert entry.answers == len(rows)
    assert entry.auc["m & <k>"] == pytest.approx(roc_auc_score(log.correct[rows] >= 0.5, p[rows]))
    assert entry.auc["average of each concept"] == 0.5


def test_concepts_without_both_outcomes_are_left_out(bank, course, predictions):
    log = replace(course.log, correct=np.ones_like(course.log.correct))
    assert report_data(bank, log, predictions).concepts == ()


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.balanced, self.words = [], True, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.balanced &= bool(self.open) and self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_is_whole_and_loads_nothing(data):
    text = tracing_report(result_of(), data)
    page = Page(text)
    assert page.balanced
    assert page.open == []
    assert not re.search(r"https?://|src=|href=|@import|url\(|<script", text)
    words = " ".join(page.words)
    for said in ("Tracing on A & B", "m & <k>", "simulated students", "not applicable: no durations", "times"):
        assert said in words
    assert "<k>" not in text
    assert "prefers-color-scheme: dark" in text
    assert text.count("<svg") == 1 + len(data.calibration) + len(data.curves) + 1


def test_figures_without_a_value_are_a_dash(data):
    nothing = {"mean": float("nan"), "sd": float("nan"), "ci95": (float("nan"), float("nan"))}
    rows = result_of()["rows"]
    rows[1] = {**rows[1], "auc": nothing}
    text = tracing_report(result_of(rows=rows), data)
    assert "nan" not in text
    assert "<td>–</td>" in text


def test_nothing_is_drawn_outside_the_frame():
    axis = Axis("x", 0, 1, (0, 1))
    drawn = chart("told", axis, axis, [Series("one", [(0, -3), (1, 9)], "s0", dots=True)], diagonal=True)
    heights = [float(y) for y in re.findall(r'cy="([\d.-]+)"', drawn)]
    assert min(heights) == 8.0
    assert max(heights) == 186.0
    rows = dot_rows("told", axis, [("a name " * 12, [("p", 7.0, "s0")])])
    assert float(re.findall(r'cx="([\d.-]+)"', rows)[0]) <= 304.0
    assert "…" in rows


def test_figures_at_the_edges_are_not_cut_off():
    drawn = interval_rows("told", Axis("gain", -1.0, 1.0, (-1.0, 0.0, 1.0), ".2f"), [("a", 0.0, (-0.5, 0.5), "s0")])
    assert re.findall(r'text-anchor="(\w+)">(-?[0-9.]+)<', drawn) == [
        ("start", "-1.00"),
        ("middle", "0.00"),
        ("end", "1.00"),
    ]
