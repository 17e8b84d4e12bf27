"""`preceptor evaluate judge` over HTTP on loopback, and with sheets alone."""

import csv
import json
import re
from dataclasses import replace

import pytest

from preceptor.course import Course
from preceptor.evaluate.judging_dialogues.cases import Case, Unit, read_cases, write_cases
from preceptor.tutor.situation import Said

TOPICS = ("fractions", "angles", "decimals", "ratios", "areas", "powers")


@pytest.fixture
def course(tmp_path):
    return Course.create(tmp_path / "course", "tiny").path


@pytest.fixture
def dialogues(tmp_path):
    path = tmp_path / "cases.jsonl"
    said = {i: (Said("tutor", f"Back to {TOPICS[i]}."),) for i in range(6)}
    plain = (Said("tutor", "Go on then."),)
    profiles = {i: (f"Forgets {TOPICS[i]}.",) for i in range(6)}
    write_cases(
        path,
        [
            Case(
                f"c{i}", f"s{i}", Unit.RESPONSE, profiles[i], {"ours": said[i], "vanilla-icl": plain}, concepts=("all",)
            )
            for i in range(6)
        ],
    )
    return path


@pytest.fixture
def server(scripted):
    """Two judges: `good` knows who fits, `first` takes what stands first."""

    def answer(body):
        text = body["messages"][1]["content"]
        better = "A" if body["model"] == "first" else _fitting(text)
        return scripted.Answer(json.dumps({"reason": "it fits", "better": better}))

    with scripted.ScriptedServer(answer) as opened:
        yield opened


def _fitting(text):
    if "student A" in text:
        said = re.findall(r"the tutor's words: \n- \"Back to (\w+)", text)
        fits = [f"Forgets {topic}" in text.split("student B")[0] for topic in said]
        return "tie" if not said else "A" if fits[0] else "B"
    (topic,) = re.findall(r"Forgets (\w+)", text)
    parts = re.findall(r"[AB] then says: \n- tutor: \"([^\"]*)\"", text)
    return "tie" if not any(topic in part for part in parts) else "A" if topic in parts[0] else "B"


def asked(course, dialogues, server, *more):
    return ("evaluate", "judge", course, "--dialogues", dialogues, "--model-url", server.url, *more)


def test_two_models_judge_and_their_agreement_is_told(cli, course, dialogues, server):
    result = cli(*asked(course, dialogues, server, "--model-name", "good,first", "--probe", "--json"))

    assert result.code == 0, result.err
    good, first = result.json()["judges"]
    (row,) = good["rows"]
    assert (row["arm"], row["reference"], row["win"], row["cases"]) == ("ours", "vanilla-icl", 6, 6)
    (row,) = first["rows"]
    assert (row["tie"], row["first_preferred"], row["readings_agree"]) == (6, 1.0, 0.0)
    (agreement,) = result.json()["agreement"]
    assert (agreement["cases"], agreement["agree"]) == (6, 0.0)
    assert {row["arm"]: row["found"]["mean"] for row in good["matches"]} == {"ours": 1.0, "vanilla-icl": 0.5}
    assert good["swaps"][0]["lost"]["mean"] == 0.5
    assert json.loads((course / "runs").glob("*evaluate-judge.json").__next__().read_text())["seed"] == 0


def test_a_case_without_a_stranger_is_left_out_of_the_probe_and_counted(cli, course, dialogues, server):
    first, *rest = read_cases(dialogues)
    write_cases(dialogues, [replace(first, concepts=("elsewhere",)), *rest])
    result = cli(*asked(course, dialogues, server, "--model-name", "good", "--probe", "--json")).json()
    assert result["without_stranger"] == 1
    assert {row["cases"] for row in result["judges"][0]["matches"]} == {5}
    assert result["judges"][0]["swaps"][0]["cases"] == 5
    assert result["judges"][0]["rows"][0]["cases"] == 6
    shown = " ".join(cli(*asked(course, dialogues, server, "--model-name", "good", "--probe")).out.split())
    assert "1 of 6 cases were left out of the probe" in shown


def test_a_rival_without_a_model_is_the_reference_by_its_plain_name(cli, course, dialogues, server):
    """The lab writes it as a selection; the result says which arm was used."""
    cases = read_cases(dialogues)
    plain = "vanilla-icl"
    write_cases(
        dialogues, [replace(c, arms={"ours": c.arms["ours"], f"{plain}-selection": c.arms[plain]}) for c in cases]
    )
    result = cli(*asked(course, dialogues, server, "--model-name", "good", "--json"))
    assert result.code == 0, result.err
    assert result.json()["reference"] == f"{plain}-selection"
    assert [row["reference"] for row in result.json()["judges"][0]["rows"]] == [f"{plain}-selection"]
    assert result.json()["without_stranger"] is None


def test_what_was_judged_is_not_paid_for_again(cli, course, dialogues, server):
    again = asked(course, dialogues, server, "--model-name", "good", "--json")
    before, sent = cli(*again).json(), len(server.requests)
    after = cli(*again).json()
    assert len(server.requests) == sent == 12
    assert after["judges"][0]["rows"] == before["judges"][0]["rows"]
    assert after["judges"][0]["asked"]["reused"]["answers"] == 12


def test_the_tables_say_who_wins(cli, course, dialogues, server):
    shown = " ".join(cli(*asked(course, dialogues, server, "--model-name", "good", "--probe")).out.split())
    assert "6 cases of 6 students, judged by good" in shown
    assert "1.000 (1.000 to 1.000)" in shown
    assert "ours: the student is found in 1.000" in shown
    assert "of the win rate is lost" in shown


def test_people_judge_without_any_model(cli, course, dialogues, tmp_path):
    written = cli("evaluate", "judge", course, "--dialogues", dialogues, "--sheets", tmp_path / "out", "--json")
    assert written.code == 0, written.err
    sheet = tmp_path / "out" / "ratings.csv"
    assert str(sheet) in written.json()["sheets"]
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
    raters = []
    for rater in ("ann", "bob"):
        for row in rows[2:]:
            row[5] = "A" if "Back" in row[3] else "B"
        raters.append(tmp_path / f"{rater}.csv")
        with raters[-1].open("w", newline="") as out:
            csv.writer(out).writerows(rows)
    both = ",".join(map(str, raters))
    read = cli("evaluate", "judge", course, "--dialogues", dialogues, "--ratings", both, "--json").json()
    assert [judge["judge"] for judge in read["judges"]] == ["ann", "bob"]
    assert all(judge["rows"][0]["win"] == 6 for judge in read["judges"])
    assert read["agreement"][0]["agree"] == 1.0
    (row,) = read["judges"][0]["rows"]
    assert row["readings_agree"] is None, "people read each case once"
    assert 0.0 <= row["holm_ci95"][0] <= row["holm_ci95"][1] <= 1.0
    assert cli("evaluate", "judge", course, "--dialogues", dialogues, "--ratings", both).code == 0


def test_a_judge_that_cannot_judge_is_no_result(refused, course, dialogues, scripted):
    with scripted.ScriptedServer(lambda body: scripted.Answer("no json")) as server:
        message = refused(*asked(course, dialogues, server, "--model-name", "tiny"))
    assert "judged nothing" in message


def test_mistakes_are_told(refused, course, dialogues):
    assert "--dialogues" in refused("evaluate", "judge", course)
    assert "No language model is named for the judge" in " ".join(
        refused("evaluate", "judge", course, "--dialogues", dialogues).split()
    )
    assert "nobody" in refused("evaluate", "judge", course, "--dialogues", dialogues, "--reference", "nobody")
