import csv
import io

from preceptor.serve.csv_text import COLUMNS, roster_csv
from preceptor.workflow.views import RosterRow


def read(text):
    return list(csv.reader(io.StringIO(text)))


def test_every_student_is_one_line():
    rows = [
        RosterRow("s1", "Ana, B.", 3, 0.5, 2, "Fractions", 1.25),
        RosterRow("s2", "Bo", 0, 0.25, 0, "", None, simulated=True),
    ]
    lines = read(roster_csv(rows))
    assert tuple(lines[0]) == COLUMNS
    assert lines[1] == ["s1", "Ana, B.", "3", "0.5000", "2", "Fractions", "1.25", "no"]
    assert lines[2][-2:] == ["", "yes"]


def test_a_name_never_becomes_a_formula():
    for name in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"):
        line = read(roster_csv([RosterRow("s1", name, 0, 0.0, 0, "", None)]))[1]
        assert line[1] == f"'{name}"
