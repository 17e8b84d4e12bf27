"""The comparison of tracers as one HTML file that loads nothing."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from preceptor.evaluate.report_data import Calibration, ConceptAuc, LearningCurve, ReportData
from preceptor.evaluate.report_parts import interval, legend, page, section, table, table_row
from preceptor.evaluate.report_svg import Axis, Series, chart, dot_rows, interval_rows, style_of

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def tracing_report(result: Mapping[str, Any], data: ReportData) -> str:
    """The whole page.

    Args:
        result: What the evaluation gave, see `preceptor evaluate tracing --json`.
        data: What is drawn.
    """
    models = [row["model"] for row in result["rows"] if row["applicable"]]
    styles = {model: style_of(i) for i, model in enumerate(models)}
    shares = _share_axis(data.curves)
    title = f"Tracing on {escape(str(result['course']))}"
    sections = [
        _head(title, result),
        section("AUC", "The chance that a right answer was given a higher prediction than a wrong one. "
                 "Means over folds, 95 % intervals over students.", [auc_figure(result["rows"], styles)], "wide"),
        section("All figures", "", [metrics_table(result["rows"])], "full"),
        section("Calibration", "Twenty bins with equally many answers. On the diagonal, of answers predicted at 70 % "
                 "seventy in a hundred are right.", [_calibration(one, styles) for one in data.calibration]),
        section("Learning curves", "Share of right answers by how often a student had met the concept, observed and "
                 "predicted, for the concepts with the most answers. Later points rest on the students who "
                 "practised that often.", [_curve(one, styles, shares) for one in data.curves], legend=_legend(styles)),
        section("AUC within concepts", "The concepts with the most answers, all folds together.",
                 [_concepts(data.concepts, styles)] if data.concepts else [], "wide", _legend(styles, observed=False)),
    ]  # fmt: skip
    return page(title, sections)


def _head(title: str, result: Mapping[str, Any]) -> str:
    data, protocol = result["data"], result["protocol"]
    kind = "simulated students" if result["simulated"] else "students"
    run = ", ".join(map(str, protocol["folds_run"]))
    counts = (
        f"{data['students']:,} {kind} · {data['questions']:,} questions · {data['concepts']:,} concepts · "
        f"{data['interactions']:,} answers"
    )
    told = "".join(f"<li><b>{name}</b>: {escape(protocol[name])}</li>" for name in ("students", "history", "concepts"))
    about = f"Protocol <b>{escape(protocol['name'])}</b>, run on fold {run} of {protocol['folds']} folds"
    version = f"data version <code>{escape(data['data_hash'][:12])}</code>"
    about = f"{about}, seed {protocol['seed']}, {version}."
    return f"<header><h1>{title}</h1><p>{counts}</p><p>{about}</p><ul>{told}</ul></header>"


def _legend(styles: Mapping[str, str], observed: bool = True) -> str:
    return legend(styles, "observed" if observed else "")


def auc_figure(rows: Sequence[Mapping[str, Any]], styles: Mapping[str, str]) -> str:
    """AUC of each model with its interval.

    Args:
        rows: Of the evaluation.
        styles: Model → class name.
    """
    known = [row for row in rows if row["applicable"] and not math.isnan(row["auc"]["mean"])]
    ends = [end for row in known for end in row["auc"]["ci95"]] or [0.5, 1.0]
    low, high = math.floor(min(ends) * 20 - 0.2) / 20, math.ceil(max(ends) * 20 + 0.2) / 20
    ticks = np.arange(low, high + 0.001, 0.05 if high - low <= 0.4 else 0.1).tolist()
    drawn = [
        (f"{row['model']}  {row['auc']['mean']:.4f}", row["auc"]["mean"], row["auc"]["ci95"], styles[row["model"]])
        for row in known
    ]
    return f"<figure>{interval_rows('AUC of each model', Axis('AUC', low, high, ticks, '.2f'), drawn)}</figure>"


def metrics_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Every figure of every model, and why a model has none."""
    names = ("auc", "accuracy", "log_loss", "brier", "ece")
    figures = ("AUC", "accuracy", "log loss", "Brier", "ECE", "AUC within KCs", "AUC over the average")
    heads = ("model", *figures, "without")
    body = []
    for row in rows:
        if not row["applicable"]:
            why = f"not applicable: no {', no '.join(row['missing'])}"
            body.append(f'<tr><th>{escape(row["model"])}</th><td colspan="{len(heads) - 1}">{escape(why)}</td></tr>')
            continue
        cells = [interval(row[name], spread=name == "auc") for name in names] + [interval(row["per_concept"]["auc"])]
        cells.append(interval(row["over_floor"]["auc"], sign="+") if "over_floor" in row else "")
        cells.append(escape(", ".join(row.get("lacked", ()))))
        body.append(table_row(row["model"], cells))
    return table(heads, body)


def _calibration(one: Calibration, styles: Mapping[str, str]) -> str:
    points = tuple(zip(one.predicted, one.observed, strict=True))
    drawn = Series(one.model, points, styles[one.model], dots=True)
    both = (Axis("predicted", 0, 1, _SHARES, ".2f"), Axis("observed", 0, 1, _SHARES, ".2f"))
    picture = chart(f"Calibration of {one.model}: observed over predicted", *both, [drawn], diagonal=True)
    return f"<figure><figcaption>{escape(one.model)}</figcaption>{picture}</figure>"


def _share_axis(curves: Sequence[LearningCurve]) -> Axis:
    """One axis for all learning curves, as tight as they allow."""
    lines = [line for one in curves for line in (one.observed, *one.predicted.values())]
    values = [value for line in lines for value in line] or [0.0, 1.0]
    low, high = math.floor(min(values) * 10) / 10, math.ceil(max(values) * 10) / 10
    return Axis("share right", low, high, np.arange(low, high + 0.001, 0.1 if high - low < 0.6 else 0.2).tolist())


def _curve(one: LearningCurve, styles: Mapping[str, str], shares: Axis) -> str:
    x = Axis("opportunity", 1, max(one.opportunities[-1], 2), (1, *range(5, one.opportunities[-1] + 1, 5)), ".0f")
    series = [
        Series(model, tuple(zip(one.opportunities, one.predicted[model], strict=True)), style)
        for model, style in styles.items()
    ]
    series.append(Series("observed", tuple(zip(one.opportunities, one.observed, strict=True)), "truth", dots=True))
    picture = chart(f"Learning curve of {one.concept}", x, shares, series)
    caption = f"{escape(one.concept)}<small>{one.answers:,} answers</small>"
    return f"<figure><figcaption>{caption}</figcaption>{picture}</figure>"


def _concepts(concepts: Sequence[ConceptAuc], styles: Mapping[str, str]) -> str:
    values = [value for one in concepts for value in one.auc.values()]
    low, high = math.floor(min(*values, 0.5) * 10) / 10, math.ceil(max(*values, 0.6) * 10) / 10
    ticks = np.arange(low, high + 0.001, 0.1).tolist()
    rows = [
        (f"{one.concept} ({one.answers:,})", [(model, one.auc[model], style) for model, style in styles.items()])
        for one in concepts
    ]
    return f"<figure>{dot_rows('AUC of each model within each concept', Axis('AUC', low, high, ticks), rows)}</figure>"
