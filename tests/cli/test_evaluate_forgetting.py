"""`preceptor evaluate forgetting` on the command line, and the page of its results."""

from pathlib import Path

import pytest

from preceptor.cli.results_forgetting import calibrated, forgetting_page, measured, picture
from preceptor.course import Course

ROOT = Path(__file__).parents[2]
OPTIONS = ("--model", "logistic", "--folds", 3, "--curve", "none")


def test_json_and_table(cli, course_copy):
    course = Course.open(course_copy)
    course.replace(log=course.load_log().of_students(range(24)))
    result = cli("evaluate", "forgetting", course_copy, *OPTIONS, "--json")
    assert result.code == 0
    assert {"rows", "controls", "reading", "best", "seconds"} <= set(result.json())
    shown = cli("evaluate", "forgetting", course_copy, *OPTIONS)
    assert shown.code == 0
    for words in (
        "mastery alone",
        "half-life regression",
        "first encounter",
        "question difficulty",
        result.json()["reading"],
    ):
        assert words in " ".join(shown.out.split())


def test_an_unknown_curve_and_a_foreign_option_are_refused(refused, small_course):
    assert "did you mean 'power'" in refused("evaluate", "forgetting", small_course, "--curve", "powr")
    assert "takes no --students" in refused("evaluate", "forgetting", small_course, "--students", 4)


@pytest.mark.parametrize(
    ("mean", "ci95", "fine"),
    [
        (0.019, (0.01, 0.03), True),
        (0.05, (-0.01, 0.11), True),
        (0.03, (0.01, 0.05), False),
        (-0.03, (-0.05, -0.01), False),
    ],
)
def test_calibrated_is_close_to_zero_or_not_told_from_it(mean, ci95, fine):
    assert calibrated({"bias": {"mean": mean, "ci95": ci95}}) is fine


def test_page_and_pictures_are_those_the_run_files_give():
    page = (ROOT / "docs/results/forgetting.md").read_text(encoding="utf-8")
    assert page == forgetting_page(ROOT / "results"), "run `make forgetting-page`"
    for name in measured(ROOT / "results"):
        drawn = (ROOT / f"docs/images/forgetting-{name}.svg").read_text(encoding="utf-8")
        assert drawn == picture(ROOT / "results", name), "run `make forgetting-page`"
