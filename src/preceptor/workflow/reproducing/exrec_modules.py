"""ExRec's results module by module, from what a course's own run files say."""

from collections.abc import Mapping
from typing import Any

from preceptor.course import Course, runs
from preceptor.trace.semantic_dkt import SemanticDktTracer


def module_results(course: Course) -> dict[str, float | None]:
    """What the newest runs of each kind measured, under the names of `exrec_published.MODULES`.

    Args:
        course: The course.

    Returns:
        None where no run measured it.
    """
    tuned = _newest(course, "embed", lambda told: told["fine_tune"])
    calibrated = _newest(course, "calibrate", lambda told: True)
    bank = course.load_bank()
    return {
        "micro-F1 before": _at(tuned, "fine_tune", "held_out", "before", "mean"),
        "micro-F1 after": _at(tuned, "fine_tune", "held_out", "after", "mean"),
        "AUC by ids": _percent(_at(_trained(course, "dkt", ""), "test", "auc")),
        "AUC, vectors tuned": _percent(_at(_trained(course, SemanticDktTracer.name, "tuned"), "test", "auc")),
        "AUC, vectors frozen": _percent(_at(_trained(course, SemanticDktTracer.name, "frozen"), "test", "auc")),
        "AUC calibrated": _percent(_at(calibrated, "after", "test", "auc")),
        "KC MAE before": _at(calibrated, "before", "kc_mae"),
        "KC MAE after": _at(calibrated, "after", "kc_mae"),
        "concepts": len(bank.concepts),
        "clusters": len(bank.clusters) or None,
        "annotation, USD": _spent(_newest(course, "annotate", lambda told: True)),
    }


def _trained(course: Course, model: str, vectors: str) -> Mapping[str, Any]:
    return _newest(
        course,
        "train",
        lambda told: told["model"] == model and (not vectors or told["vectors"]["mode"] == vectors),
    )


def _newest(course: Course, command: str, fits: Any) -> Mapping[str, Any]:
    found = [run["metrics"] for run in runs(course, command) if fits(run["metrics"])]
    return found[-1] if found else {}


def _at(told: Mapping[str, Any], *keys: str) -> float | None:
    value: Any = told
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, int | float) else None


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _spent(annotated: Mapping[str, Any]) -> float | None:
    """What annotating cost: nothing where no model was asked; what a model costs its user knows."""
    return 0.0 if annotated.get("annotator") == "builtin" else None
