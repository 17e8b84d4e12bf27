"""Every command on the small course: what it prints, and that `--json` prints one object and nothing else."""

import io
import json
import shutil

import pytest

from preceptor.course import Course
from preceptor.domain import Question

STUDENT = "s0009"


def test_status(cli, small_course):
    content = cli("status", small_course, "--json").json()
    assert {"students", "questions", "concepts", "interactions", "models", "policies", "example_students"} <= set(
        content
    )
    assert content["students"] == 60
    assert content["example_students"]
    shown = cli("status", small_course)
    assert (shown.code, f"{content['interactions']:,}" in shown.out) == (0, True)


def test_train(cli, course_copy):
    course = Course.open(course_copy)
    course.replace(log=course.load_log().of_students(range(24)))
    result = cli("train", course_copy, "--model", "history", "--json")
    content = result.json()
    assert result.code == 0
    promised = {"model", "interactions", "epochs", "seconds", "interactions_per_second", "protocol", "test", "run"}
    assert promised <= set(content)
    assert {"auc", "accuracy", "log_loss", "brier", "ece"} <= set(content["test"])
    assert json.loads(open_text(content["run"]))["command"] == "train"
    shown = cli("train", course_copy, "--model", "history", "--seed", "1")
    assert shown.code == 0
    assert "over the average: " in shown.out


def open_text(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


@pytest.mark.parametrize("objective", ["weakest", "global"])
def test_recommend(cli, small_course, objective):
    options = ["--student", STUDENT, "--objective", objective, "--k", 3, "--at", "2026-02-02"]
    result = cli("recommend", small_course, *options, "--explain", "--json")
    content = result.json()
    assert result.code == 0
    assert {"student", "objective", "policy", "milliseconds", "recommendations"} <= set(content)
    for entry in content["recommendations"]:
        promised = {"question_id", "text", "concepts", "p_correct", "expected_improvement", "why", "evidence"}
        assert promised <= set(entry)
    assert "evidence" not in cli("recommend", small_course, *options, "--json").json()["recommendations"][0]
    shown = cli("recommend", small_course, *options, "--explain")
    assert shown.code == 0
    assert "Chosen by planner" in shown.out


def test_evaluate(cli, course_copy):
    result = cli("evaluate", "policy", course_copy, "--students", 3, "--json")
    content = result.json()
    assert result.code == 0
    assert [set(row["now"]) >= {"mean", "sd", "ci95"} for row in content["rows"]] == [True] * 4
    shown = cli("evaluate", "policy", course_copy, "--students", 3)
    assert "planner gains" in shown.out


def test_evaluate_policies_before_judges(cli, course_copy, tmp_path):
    options = ["--students", 3, "--steps", 3, "--policies", "random,no-practice", "--judges", "latent,own"]
    student = cli("evaluate", "policy", course_copy, *options, "--json").json()["judges"]
    assert list(student) == ["latent:graded", "own"]
    shown = cli("evaluate", "policy", course_copy, *options, "--objective", "global,weakest")
    assert shown.code == 0
    assert "weakest, judged by own (a tracer's belief)" in shown.out
    refused = cli("evaluate", "policy", course_copy, *options, "--picture", tmp_path / "path.svg")
    assert refused.code == 2
    assert "--case" in refused.err


def test_demo(cli, tmp_path, monkeypatch):
    from preceptor.evaluate import PolicyDesign
    from preceptor.workflow.built_in import BuiltInOptions
    from preceptor.workflow.demo import DemoOptions
    from preceptor.workflow.training_options import TrainOptions

    small = DemoOptions(BuiltInOptions(50, 20, 2), TrainOptions(model="history"), PolicyDesign(students=4))
    monkeypatch.setattr("preceptor.cli.demo.DemoOptions", lambda built_in: small)
    result = cli("demo", "--course", tmp_path / "demo", "--no-serve", "--json")
    content = result.json()
    assert result.code == 0
    assert {"students", "questions", "concepts", "interactions", "seconds"} <= set(content)
    assert content["test"]["auc"]
    assert content["floor"]["auc"]
    assert {"mean", "ci95"} <= set(content["auc_gain"])
    assert {"mean", "ci95"} <= set(content["improvement"]["planner"]["day7"])
    shown = cli("demo", "--course", tmp_path / "demo", "--no-serve")
    assert "reused" in shown.out
    assert " + forgetting" in shown.out


def test_import(cli, tmp_path):
    (tmp_path / "log.csv").write_text("user,problem,correct\na,q1,1\na,q2,0\n")
    arguments = ["import", "table", tmp_path / "log.csv", "--course", tmp_path / "course"]
    content = cli(*arguments, "--json").json()
    assert (content["added"], content["students"], content["questions"], content["rejects"]) == (2, 1, 2, 0)
    assert cli(*arguments, "--json").json()["added"] == 0
    shown = cli(*arguments)
    assert (shown.code, "new interactions" in shown.out) == (0, True)


def test_import_keeps_a_list_of_what_it_skips(cli, tmp_path):
    (tmp_path / "log.csv").write_text("who,problem,correct\na,q1,1\na,q2,7\n")
    arguments = ["import", "table", tmp_path / "log.csv", "--course", tmp_path / "course", "--on-bad-row", "skip"]
    shown = cli(*arguments, "--column", "student=who")
    assert (shown.code, "rejects.csv" in shown.out.replace("\n", "")) == (0, True)
    assert "'7'" in open_text(tmp_path / "course" / "rejects.csv")


def test_simulate_labels_its_students_everywhere(cli, course_copy):
    content = cli("simulate", course_copy, "--students", 12, "--days", 20, "--json").json()
    assert (content["simulated"], content["students"]) == (True, 12)
    shown = cli("simulate", course_copy, "--students", 12, "--days", 20).out
    assert "12 simulated students" in shown
    assert "not how people learn" in " ".join(shown.split())
    status = cli("status", course_copy)
    assert "students (simulated)" in status.out
    assert cli("status", course_copy, "--json").json()["simulated"] is True


def test_simulated_students_never_join_people(cli, tmp_path):
    (tmp_path / "log.csv").write_text("user,problem,correct\na,q1,1\na,q2,0\n")
    cli("import", "table", tmp_path / "log.csv", "--course", tmp_path / "course")
    refused = cli("simulate", tmp_path / "course")
    assert refused.code == 2
    assert "log of people" in refused.err


def test_people_never_join_simulated_students(cli, course_copy, tmp_path):
    (tmp_path / "log.csv").write_text("user,problem,correct\na,q1,1\na,q2,0\n")
    before = cli("status", course_copy, "--json").json()
    refused = cli("import", "table", tmp_path / "log.csv", "--course", course_copy)
    assert refused.code == 2
    assert "simulated log" in refused.err
    assert cli("status", course_copy, "--json").json() == before


def test_forms(cli, tmp_path):
    content = cli("forms", "--out", tmp_path / "f", "--items", 1, "--concept", "slope", "--json").json()
    assert (content["items"], content["concepts"], len(content["files"])) == (1, 1, 6)
    assert "1 item each on 1 concept." in cli("forms", "--out", tmp_path / "f", "--items", 1, "--concept", "slope").out
    assert cli("forms", "--out", tmp_path / "g", "--concept", "slop").code == 2


def test_a_demo_in_an_unknown_language_makes_nothing(cli, tmp_path):
    refused = cli("demo", "--no-serve", "--language", "fr", "--course", tmp_path / "course")
    assert refused.code == 2
    assert "de" in refused.err
    assert not (tmp_path / "course").exists()


def test_a_json_object_is_all_that_a_process_prints(process, small_course):
    result = process("status", small_course, "--json")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("{")
    assert result.json()["students"] == 60


def test_the_terminal_tutor_plays_a_dialogue(process, course_copy):
    result = process("tutor", course_copy, "--student", STUDENT, text="hint\nwhy\nI don't know\n\n")
    assert (result.code, result.err) == (0, "")
    assert result.out.count("Tutor:") == 4
    assert "Hint 1 of" in result.out
    assert "points of 100" in result.out


@pytest.mark.parametrize(
    ("typed", "shown"), [("hint\n", "Hint 1 of"), ("I don't know\n" * 15, "That was a sitting: 0 of 10 right.")]
)
def test_a_dialogue_ends_with_its_input_or_its_sitting(cli, course_copy, monkeypatch, typed, shown):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    result = cli("tutor", course_copy, "--student", STUDENT)
    assert (result.code, result.err) == (0, "")
    assert shown in result.out


def test_the_tutor_shows_choices(capsys):
    from preceptor.cli.tutor import _show
    from preceptor.domain import QuestionKind
    from preceptor.workflow.views import QuestionView, SittingView, TutorMessage, TutorTurnView

    question = Question("q", "Which?", QuestionKind.CHOICE, "a", (), options=("a", "b"))
    view = QuestionView("q", question.revision, "Which?", "choice", ("a", "b"), (), 0)
    _show(TutorTurnView((TutorMessage("tutor", "Hello."),), view, SittingView(1, 0, 10, 0.0, False)))
    shown = capsys.readouterr().out
    assert "Tutor: Hello." in shown
    assert "  2. b" in shown


def test_the_number_of_an_option_is_an_answer_in_the_terminal():
    from preceptor.cli.tutor import _option_meant
    from preceptor.workflow.views import QuestionView

    asked = QuestionView("q1", "r1", "How many?", "choice", ("7", "3", "nine"), (), 0)
    meant = {"1": "7", "2.": "3", "3": "3", "4": "4", "nine": "nine", "0": "0", "hint": "hint"}
    assert {typed: _option_meant(typed, asked) for typed in meant} == meant
    assert _option_meant("1", None) == "1"
    assert _option_meant("1", QuestionView("q1", "r1", "How many?", "number", (), (), 0)) == "1"


def test_the_tutor_shows_orders_and_tables_in_plain_lines(capsys):
    from preceptor.cli.tutor import _show
    from preceptor.workflow.views import QuestionView, SittingView, TutorTurnView

    text = r"A trip: $\begin{array}{l|rr} \text{h} & 1 & 2 \\ \text{km} & 12 & 24 \end{array}$ Order the ways."
    view = QuestionView("q", "r", text, "order", ("24", "12"), (), 0)
    _show(TutorTurnView((), view, SittingView(1, 0, 10, 0.0, False)))
    assert capsys.readouterr().out == "\nA trip:\n  h | 1 | 2\n  km | 12 | 24\nOrder the ways.\n  - 24\n  - 12\n"


def test_assist2009_from_the_command_line(cli, tmp_path):
    from pathlib import Path

    folder = Path(__file__).parents[2] / ".." / "shared" / "data" / "assist2009"
    if not folder.is_dir():
        pytest.skip("the data set assist2009 is not beside this checkout")
    content = cli("import", "akt-folds", folder, "--course", tmp_path / "course", "--json").json()
    assert (content["students"], content["interactions"]) == (4150, 274561)
    assert cli("import", "akt-folds", folder, "--course", tmp_path / "course", "--json").json()["added"] == 0
    shutil.rmtree(tmp_path / "course")


def test_export(cli, small_course, tmp_path):
    shown = cli("export", "exrec", small_course, "--out", tmp_path / "shown")
    assert (shown.code, "prerequisites." in shown.out) == (0, True)
    content = cli("export", "exrec", small_course, "--out", tmp_path / "out", "--parts", "2", "--json").json()
    assert set(content["files"]) == {path.name for path in (tmp_path / "out").iterdir()}
    assert {"questions", "concepts", "clusters", "links", "vectors", "model", "lost", "seconds"} <= set(content)
    again = cli("export", "exrec", small_course, "--out", tmp_path / "out")
    assert (again.code, "exists already" in again.err) == (2, True)
    unknown = cli("export", "exrek", small_course, "--out", tmp_path / "other")
    assert (unknown.code, "did you mean 'exrec'?" in unknown.err) == (2, True)
