import pytest


@pytest.fixture
def nips34(tmp_path, cli):
    """A course whose bank bears the name of a published set."""
    log = tmp_path / "log.csv"
    log.write_text("student,question,concepts,correct\nann,1,Factors,1\nben,1,Factors,0\n")
    assert cli("import", "table", log, "--source", "nips34", "--course", tmp_path / "course").code == 0
    return tmp_path / "course"


def test_published_counts_stand_beside_the_courses_own(cli, nips34):
    shown = cli("status", nips34).out
    assert "TASA, Table 4" in shown
    row = next(line for line in shown.splitlines() if "interactions" in line and "1,382,727" in line)
    assert row.split()[-4:-1] == ["2", "│", "1,382,727"]
    assert "public test answers" in " ".join(shown.split())


def test_json_has_them_too(cli, nips34):
    found = cli("status", nips34, "--json").json()
    assert found["published"]["students"] == 4918
    assert found["published"]["where"] == "TASA, Table 4"


def test_the_model_that_serves_is_marked(cli, course_copy):
    found = cli("status", course_copy, "--json").json()
    assert found["default_model"] in found["models"]
    assert f"{found['default_model']} (serves)" in " ".join(cli("status", course_copy).out.split())
