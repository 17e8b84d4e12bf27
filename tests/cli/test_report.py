"""`preceptor report`: one file, beside or away from its course, that follows the run files."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote


def links_of(page):
    return [unquote(link) for link in re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))]


def test_the_page_stands_in_the_course_and_links_to_its_run_files(cli, course_copy):
    found = cli("report", course_copy, "--json").json()
    page = Path(found["report"])
    assert page == course_copy / "report.html"
    assert found["runs"]["train"] >= 1
    assert found["earlier"] == 0
    links = links_of(page)
    assert len(links) > sum(found["runs"].values()) - found["runs"].get("evaluate-tracing-fold", 0)
    assert all((course_copy / link).is_file() for link in links)
    assert not list((course_copy / "runs").glob("*report*"))


def test_links_hold_from_elsewhere_and_over_strange_names(cli, course_copy, tmp_path):
    moved = shutil.move(course_copy, tmp_path / "a course, 100 %")
    page = tmp_path / "pages" / "page.html"
    page.parent.mkdir()
    shown = cli("report", moved, "--out", page).out
    assert str(page) in "".join(shown.split("\n"))
    assert links_of(page)
    assert all((page.parent / link).is_file() for link in links_of(page))


def test_a_course_in_which_nothing_was_run_has_a_report_too(cli, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("student,skill,correct\nann,Factors,1\n")
    assert cli("import", "table", log, "--course", tmp_path / "course").code == 0
    assert cli("report", tmp_path / "course").code == 0
    assert "Not measured yet" in (tmp_path / "course" / "report.html").read_text(encoding="utf-8")


def test_an_out_in_no_folder_and_no_course_are_mistakes(refused, course_copy, tmp_path):
    assert "is no folder" in refused("report", course_copy, "--out", tmp_path / "none" / "page.html")
    assert "none" in refused("report", tmp_path / "none")
    assert not (course_copy / "report.html").exists()
