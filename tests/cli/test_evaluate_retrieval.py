"""`preceptor evaluate retrieval` and `tagging`, and the page that their runs make."""

import json
from pathlib import Path

import pytest

from preceptor.cli.results_tutor import tutor_page
from preceptor.domain import UserError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def retrieval(cli, course_copy):
    return cli("evaluate", "retrieval", course_copy, "--students", 4, "--json").json()


@pytest.fixture
def tagging(cli, course_copy):
    return cli("evaluate", "tagging", course_copy, "--json").json()


def test_retrieval_stands_beside_itself_and_what_needs_no_search(retrieval, cli, course_copy):
    assert retrieval["simulated"]
    assert retrieval["reference"] == "λ = 0.5, no fading, late interaction"
    assert Path(retrieval["run"]).is_file()
    for found in retrieval["kinds"].values():
        names = [row["name"] for row in found["rows"]]
        assert names[0] == retrieval["reference"]
        assert names[-1] == "the newest on its concepts, no search"
        assert {"λ = 0, no fading, late interaction", "λ = 0.5, fitted fading, late interaction",
                "λ = 0.5, no fading, no reranker"} < set(names)  # fmt: skip
        assert found["rows"][0]["gain"]["mean"] == 0
        assert all(0 <= row["found"]["mean"] <= 1 for row in found["rows"])
    assert retrieval["kinds"]
    again = cli("evaluate", "retrieval", course_copy, "--students", 4, "--json").json()
    assert again["kinds"] == retrieval["kinds"]
    assert "Encoder lexical" in cli("evaluate", "retrieval", course_copy, "--students", 2, "--reranker", "none").out


def test_tagging_tells_accuracy_calibration_and_coverage(tagging, cli, course_copy):
    assert set(tagging["held_out"]) == {"new questions", "new families"}
    for found in tagging["held_out"].values():
        assert [row["name"] for row in found["rows"]] == ["tagger", "nearest name by words", "nearest question"]
        assert found["rows"][0]["top3"]["mean"] >= found["rows"][0]["top1"]["mean"]
        assert 0 <= found["confidence"]["ece"] <= 1
    assert "the tutor asks" in cli("evaluate", "tagging", course_copy).out


def test_mistakes_are_told(refused, course_copy, tmp_path):
    assert "late-interaction" in refused("evaluate", "retrieval", course_copy, "--reranker", "late")
    assert "lexical" in refused("evaluate", "tagging", course_copy, "--encoder", "lexicall")
    assert "takes no --students" in refused("evaluate", "tagging", course_copy, "--students", "3")


def test_people_s_answers_are_refused_for_what_is_known_of_simulated_ones(refused, cli, tmp_path):
    (tmp_path / "log.csv").write_text("student_id,question_id,correct,concepts\ns,q1,1,Adding\ns,q2,0,Adding\n")
    assert cli("import", "table", tmp_path / "log.csv", "--course", tmp_path / "own").code == 0
    assert "are people's" in refused("evaluate", "retrieval", tmp_path / "own")
    assert "labels to hide" in refused("evaluate", "tagging", tmp_path / "own")


def test_the_page_says_what_the_runs_say(tmp_path, retrieval, tagging):
    (tmp_path / "retrieval-a.json").write_text(json.dumps(retrieval))
    (tmp_path / "tagging-a.json").write_text(json.dumps(tagging))
    page = tutor_page(tmp_path)
    row = next(iter(retrieval["kinds"].values()))["rows"][0]
    assert f"{row['found']['mean']:.3f} (" in page
    own = tagging["held_out"]["new questions"]["rows"][0]
    assert f"{own['top1']['mean']:.3f} (" in page
    assert page.index("## Which memories are kept") < page.index("## Which concepts a text is about")
    (tmp_path / "tagging-b.json").write_text("{}")
    with pytest.raises(UserError, match="tagging-"):
        tutor_page(tmp_path)
    (tmp_path / "tagging-b.json").write_text("no json")
    with pytest.raises(UserError, match="tagging-b"):
        tutor_page(tmp_path)


def test_a_section_without_runs_is_left_out(tmp_path):
    assert "##" not in tutor_page(tmp_path)


def test_the_committed_page_is_the_one_that_the_committed_runs_make():
    assert (ROOT / "docs/results/tutor.md").read_text() == tutor_page(ROOT / "results/tutor")
