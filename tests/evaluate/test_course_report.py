"""The report on a course: what it draws comes from run files, each beside a link to its own."""

import json
import re
from base64 import b64decode
from html import unescape
from pathlib import Path

import pytest

from preceptor.evaluate import CourseFacts, RunFile, course_report
from preceptor.evaluate.course_report.figures import axis, moment_in_words
from preceptor.evaluate.course_report.run_file import newest
from preceptor.evaluate.policy_case import case_picture

RESULTS = Path(__file__).parents[2] / "results"
ESTIMATE = {"mean": 0.61, "sd": 0.1, "ci95": [0.58, 0.64]}


def run_of(command, metrics, at="20260101T000000.000Z", earlier=False):
    record = {"command": command, "at": at, "seed": 0, "simulated": True, "metrics": metrics, "seconds": 1.5}
    return RunFile(f"runs/{at}-{command}.json", record, earlier)


def kept(command, name, **place):
    """A run with the metrics of a run file that this repository keeps."""
    return run_of(command, json.loads((RESULTS / name).read_text()), **place)


@pytest.fixture
def facts():
    counts = {"students": 60, "questions": 12, "concepts": 4, "interactions": 9000}
    return CourseFacts(
        "A & B", "my <course>", counts, True, ["No <b>."], ["dkt/1", "dkt/2"], "dkt/2", ["planner"], "2026-01-02"
    )


def section_of(page, anchor):
    return page.partition(f'<section id="{anchor}">')[2].partition("</section>")[0]


def words_of(html):
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def tutored():
    """Metrics in the form of `evaluate tutor`."""
    row = {"outcome": "accuracy_day7", "n": 40, "seeds": 2, **ESTIMATE}
    less = {
        "arm": "tasa",
        "reference": "random",
        "outcome": "accuracy_day7",
        "mean": 0.02,
        "sd": 0.1,
        "ci95": [0.01, 0.03],
        "holm_ci95": [-0.16, 0.2],
    }
    path = [{"arm": arm, "turns": turn, **ESTIMATE, "mean": turn / 10} for arm in ("random", "tasa") for turn in (0, 1)]
    return {
        "family": "two-state",
        "design": {"students": 40, "turns": 10, "tests_teach": False, "latent": []},
        "seeds": 2,
        "arms": ["random", "tasa"],
        "primary": "accuracy_day7",
        "rows": [{"arm": "random", **row}, {"arm": "tasa", **row}],
        "differences": [less],
        "path": path,
        "simulated": True,
    }


def test_what_was_not_measured_is_said_with_the_command_that_measures_it(facts):
    page = course_report(facts, [])
    assert "Not measured yet: preceptor train my <course> or preceptor evaluate tracing my <course> ." in words_of(
        section_of(page, "tracing")
    )
    assert "preceptor evaluate tutor" in section_of(page, "tutor")
    assert "None yet." in section_of(page, "runs")


def test_the_course_is_told_with_its_counts_notes_and_the_model_that_serves(facts):
    page = course_report(facts, [])
    assert "<title>Report on A &amp; B</title>" in page
    told = words_of(section_of(page, "course"))
    assert "9,000 interactions" in told
    assert "dkt/1, dkt/2 (serves)" in told
    assert "No <b>." in told
    assert "simulated" in words_of(page.partition("<nav>")[0])


def recency_held(metrics):
    row = next(row for row in metrics["rows"] if row["differs"] == "recency")
    return f"recency {row['held']['share']:.3f}"


def students_of_one_misconception(metrics):
    return f"Same misconception, {metrics['kinds']['same_misconception']['students']} students"


def mastery_error(metrics):
    return f"mastery {metrics['rows'][0]['within']['mean']:.4f}"


# What a drawn run must say: words, or a figure read from the run itself, which may be measured again.
DRAWN = {
    "evaluate-tracing": ("tracing/assist2009-dkt.json", "tracing", "dkt:questions=embedding"),
    "evaluate-forgetting": ("forgetting-assist2017-dkt.json", "forgetting", "mastery alone"),
    "evaluate-policy": ("policies/judges/baselines.json", "policy", "Judged by latent:all-or-none"),
    "evaluate-adaptation": ("tutor/adaptation-built-in-dkt-0.json", "tutor", recency_held),
    "evaluate-retrieval": ("tutor/retrieval-built-in-lexical.json", "tutor", students_of_one_misconception),
    "evaluate-tagging": ("tutor/tagging-built-in-lexical.json", "tutor", "new families, tagger"),
    "calibrate": ("calibrate/default.json", "tracing", "mean error after"),
    "evaluate-mastery": ("calibrate/default-mastery.json", "tracing", mastery_error),
}


@pytest.mark.parametrize("command", DRAWN)
def test_a_run_is_drawn_in_its_section_beside_its_link(command, facts):
    name, anchor, shown = DRAWN[command]
    run = kept(command, name)
    drawn = section_of(course_report(facts, [run]), anchor)
    assert "not drawn" not in drawn
    assert (shown if isinstance(shown, str) else shown(run.record["metrics"])) in words_of(drawn)
    figures = drawn.count("<figure") + drawn.count("<table")
    assert figures >= 1
    assert f'<a href="{run.link}">' in drawn.rpartition("</figure>")[2] + drawn.rpartition("</table>")[2]


def test_numbers_are_those_of_the_run_file(facts):
    row = json.loads((RESULTS / "tracing/assist2009-dkt.json").read_text())["rows"][1]
    drawn = section_of(course_report(facts, [kept("evaluate-tracing", "tracing/assist2009-dkt.json")]), "tracing")
    assert f"{row['auc']['mean']:.4f}" in drawn
    assert "{:.4f} to {:.4f}".format(*row["auc"]["ci95"]) in drawn


def test_training_shows_both_protocols_and_the_gain_over_the_average(facts):
    trained = json.loads((RESULTS / "demo.json").read_text()) | {"model": "dkt"}
    drawn = words_of(section_of(course_report(facts, [run_of("train", trained)]), "tracing"))
    assert f"{trained['test']['auc']:.4f} {trained['test_with_forgetting']['auc']:.4f}" in drawn
    assert f"{trained['auc_gain_with_forgetting']['mean']:+.4f}" in drawn


def test_policies_that_were_trained_stand_with_what_untrained_ones_gain(facts):
    path = min((RESULTS / "policies" / "matrix").glob("*.json"))
    learned = json.loads(path.read_text())
    drawn = words_of(section_of(course_report(facts, [run_of("train-policy", learned)]), "policy"))
    assert f"{learned['improvement']['mean']:+.4f}" in drawn
    assert f"{learned['baselines']['random']['mean']:+.4f}" in drawn


def test_every_verdict_of_the_judges_is_told(facts):
    run = kept("evaluate-policy", "policies/judges/baselines.json")
    drawn = section_of(course_report(facts, [run]), "policy")
    for verdict in {claim["verdict"] for claim in run.record["metrics"]["claims"]}:
        assert f"<td>{verdict}" in drawn


def test_the_path_of_the_watched_student_is_drawn_for_every_objective_and_held_apart(facts):
    run = kept("evaluate-policy", "policies/judges/case.json")
    drawn = section_of(course_report(facts, [run]), "policy")
    assert "One student" in words_of(drawn)
    images = re.findall(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)"', drawn)
    cases = run.record["metrics"]["cases"]
    assert [alt for alt, _ in images] == [f"{one['objective']}: student s1657 before latent:graded" for one in cases]
    assert [b64decode(image).decode() for _, image in images] == [case_picture(one) for one in cases]
    alone = {**run.record["metrics"], "cases": []}
    assert "One student" not in course_report(facts, [run_of("evaluate-policy", alone)])


def test_arms_of_the_tutor_stand_by_family_with_paired_differences_and_turns(facts):
    other = {**tutored(), "family": "logistic"}
    runs = [run_of("evaluate-tutor", metrics, at) for metrics, at in ((tutored(), "20260101T1"), (other, "20260101T2"))]
    drawn = section_of(course_report(facts, runs), "tutor")
    told = words_of(drawn)
    assert "Arms before 40 students of the family two-state, replicates: 2, turns: 10" in told
    assert "family logistic, replicates: 2" in told
    assert "Accuracy, after 7 days, less random" in told
    assert "tasa +0.020" in told
    assert drawn.count("True recall gained, turn by turn") == 2
    assert drawn.count('<polygon class="band') == 4  # two arms in each family
    assert all(f'href="{run.link}"' in drawn for run in runs)


def preferred(unit, mean):
    counts = {"cases": 30, "win": 15, "tie": 5, "loss": 10, "failed": 0}
    rate = None if mean is None else {"mean": mean, "sd": 0.1, "ci95": [mean - 0.1, mean + 0.1]}
    return {"unit": unit, "arm": "tasa", "reference": "vanilla-icl", **counts, "win_rate": rate}


def test_every_judge_of_dialogues_has_a_figure_for_what_it_read(facts):
    judges = [
        {"judge": "ann", "people": True, "rows": [preferred("response", 0.583)]},
        {"judge": "a-model", "people": False, "rows": [preferred("response", None), preferred("dialogue", 0.417)]},
    ]
    run = run_of("evaluate-judge", {"dialogues": "cases.jsonl", "cases": 30, "judges": judges})
    drawn = words_of(section_of(course_report(facts, [run]), "tutor"))
    assert "30 cases" in drawn
    assert "ann, one reply" in drawn
    assert "tasa over vanilla-icl 0.583" in drawn
    assert "a-model, the whole session" in drawn
    assert "tasa over vanilla-icl 0.417" in drawn
    assert drawn.count("tasa over vanilla-icl") == 2


def test_a_sheet_that_nobody_filled_yet_does_not_hide_what_was_judged(facts):
    judges = [{"judge": "ann", "people": True, "rows": [preferred("response", 0.583)]}]
    told = {"dialogues": "cases.jsonl", "cases": 30}
    runs = [
        run_of("evaluate-judge", told | {"judges": found}, f"2026010{day}T0") for day, found in ((1, judges), (2, []))
    ]
    assert "tasa over vanilla-icl 0.583" in words_of(section_of(course_report(facts, runs), "tutor"))


def test_role_played_students_are_shown_as_no_claim(facts):
    accuracy = {"mean": 0.62, "sd": 0.1, "ci95": [0.5, 0.7]}
    rows = [{"arm": "tasa", "accuracy": accuracy}, {"arm": "random", "accuracy": None}]
    run = run_of("evaluate-role-play", {"dialogues": "cases.jsonl", "rows": rows})
    drawn = words_of(section_of(course_report(facts, [run]), "tutor"))
    assert "no claim" in drawn
    assert "tasa 0.620" in drawn
    assert "random 0" not in drawn


def test_the_newest_run_is_drawn_and_all_are_listed(facts):
    old, new = (run_of("evaluate-tutor", tutored() | {"seeds": n}, f"2026010{n}T0") for n in (1, 2))
    page = course_report(facts, [old, new])
    assert "replicates: 2" in section_of(page, "tutor")
    assert "replicates: 1" not in section_of(page, "tutor")
    listed = section_of(page, "runs")
    assert listed.index(new.link) < listed.index(old.link)
    assert newest([old, new], "evaluate-tutor", "family") == [new]


def test_a_run_on_earlier_data_says_so(facts):
    run = run_of("evaluate-tutor", tutored(), earlier=True)
    page = course_report(facts, [run])
    assert "on earlier data" in section_of(page, "tutor")
    assert "(earlier data)" in section_of(page, "runs")


@pytest.mark.parametrize(
    "command", [*DRAWN, "train", "train-policy", "evaluate-tutor", "evaluate-judge", "evaluate-role-play"]
)
def test_a_run_of_another_form_is_linked_and_not_drawn(command, facts):
    page = course_report(facts, [run_of(command, {"rows": [1]})])
    assert f"This run of {command} has another form and is not drawn." in page


def test_comparisons_by_other_designs_stand_beside_each_other_and_say_how_they_were_made(facts):
    other = tutored()
    other["design"] = {**other["design"], "tests_teach": True, "latent": [["open_guess", 0.1]]}
    runs = [run_of("evaluate-tutor", metrics, at) for metrics, at in ((tutored(), "20260101T1"), (other, "20260101T2"))]
    told = words_of(section_of(course_report(facts, runs), "tutor"))
    assert "turns: 10, tests teach, open_guess = 0.1" in told
    assert told.count("Arms before 40 students") == 2


def test_differences_between_arms_are_drawn_after_correction(facts):
    wide = section_of(course_report(facts, [run_of("evaluate-tutor", tutored())]), "tutor")
    metrics = tutored()
    metrics["differences"][0]["holm_ci95"] = metrics["differences"][0]["ci95"]
    narrow = section_of(course_report(facts, [run_of("evaluate-tutor", metrics)]), "tutor")
    assert "after Holm&#x27;s correction" in wide
    assert "-0.2" in words_of(wide)
    assert "-0.2" not in words_of(narrow)


def test_folds_of_a_comparison_are_counted_not_listed(facts):
    page = course_report(facts, [run_of("evaluate-tracing-fold", {}), run_of("import", {}, "20260103T0")])
    listed = section_of(page, "runs")
    assert "1 more hold single folds" in listed
    assert "evaluate-tracing-fold" not in listed


def test_an_interval_that_is_no_number_leaves_a_gap_and_no_crash(facts):
    unknown = {"arm": "tasa", "outcome": "accuracy_day7", "mean": None, "sd": None, "ci95": [None, None], "n": 1}
    drawn = section_of(course_report(facts, [run_of("evaluate-tutor", tutored() | {"rows": [unknown]})]), "tutor")
    assert "not drawn" not in drawn
    assert "nan" not in drawn


def test_nothing_is_loaded_from_anywhere(facts):
    runs = [kept(command, name, at=f"2026010{i}T0") for i, (command, (name, *_)) in enumerate(DRAWN.items(), 1)]
    page = course_report(facts, runs)
    assert not re.findall(r"<(?:script|link|iframe)", page)
    assert set(re.findall(r'src="(\w+):', page)) == {"data"}
    assert all(target.startswith(("#", "runs/")) for target in re.findall(r'href="([^"]*)"', page))


def test_an_axis_holds_every_end_and_zero_where_asked():
    x = axis("", [{"mean": 0.012, "ci95": [0.011, 0.043]}], zero=True)
    assert x.low == 0
    assert x.high >= 0.043
    assert x.ticks[0] == x.low
    assert f"{x.ticks[1]:{x.form}}" == "+0.01"
    alone = axis("", [{"mean": 0.5, "ci95": [0.5, 0.5]}])
    assert alone.low <= 0.5 <= alone.high
    assert alone.low < alone.high
    assert axis("", []).low <= 0 <= axis("", []).high


def test_moments_are_told_in_words():
    told = [moment_in_words(name) for name in ("now", "day30", "exam")]
    assert told == ["at once", "after 30 days", "on the day of the exam"]
