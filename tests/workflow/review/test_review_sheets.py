"""The review as a spreadsheet: what is not edited changes nothing, what is edited counts as a whole or not at all."""

import csv
from dataclasses import replace

import openpyxl
import pytest

from preceptor.annotate import applied
from preceptor.annotate.review_events import AcceptLabel, ConceptRef, MergeConcepts
from preceptor.domain import Question, QuestionKind, Step, UserError
from preceptor.workflow.annotating import store
from preceptor.workflow.review_files import export_review, import_review
from preceptor.workflow.review_sheets import names_in, steps_in
from preceptor.workflow.reviewing import Review, read_events
from preceptor.workflow.sheets import Table, as_meant, inert, read_tables, write_tables

SUMS, PRODUCTS = ConceptRef("Sums"), ConceptRef("Products")


class Sheet:
    """A spreadsheet as a teacher edits it."""

    def __init__(self, path):
        self.path = path

    def edit(self, table, key, **cells):
        if self.path.suffix == ".xlsx":
            book = openpyxl.load_workbook(self.path)
            sheet = book[table]
            header = [cell.value for cell in sheet[1]]
            row = next((row for row in sheet.iter_rows(min_row=2) if row[0].value == key), None)
            if row is None:
                sheet.append(["" for _ in header])
                row = sheet[sheet.max_row]
            for name, text in cells.items():
                row[header.index(name)].value = text
            book.save(self.path)
            return row[0].row
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        start = rows.index([f"# {table}"]) + 1
        header = rows[start]
        at = next((i for i, row in enumerate(rows) if i > start and row and row[0] == key), None)
        if at is None:
            at = next((i for i, row in enumerate(rows) if i > start and not row), len(rows))
            rows.insert(at, [""] * len(header))
        for name, text in cells.items():
            rows[at][header.index(name)] = text
        with self.path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return at + 1


@pytest.fixture(params=[".xlsx", ".csv"])
def sheet(request, course, tmp_path):
    path = tmp_path / f"review{request.param}"
    export_review(course, path)
    return Sheet(path)


@pytest.fixture
def given_back(course, sheet, still_clock):
    return lambda: import_review(course, sheet.path, "Ms Li", still_clock)


def decided(course):
    return [event.action for event in read_events(course)[0]]


def test_an_unedited_file_changes_nothing(course, given_back):
    assert (given_back()["recorded"], decided(course)) == (0, [])


def test_labels_move_are_added_removed_and_checked(course, sheet, given_back, names):
    sheet.edit("questions", "q0", concepts="Products", checked="x")
    sheet.edit("questions", "q1", concepts="Sums | products")
    sheet.edit("questions", "q2", concepts="")
    sheet.edit("questions", "q3", checked="yes")
    assert given_back()["used"]
    used = names(course)
    assert (used["q0"], used["q1"], used["q2"]) == (["Products"], ["Products", "Sums"], ["Unlabelled"])
    assert Review(course).state().reviewed.decided >= {("q0", "c1"), ("q1", "c1"), ("q3", "c1")}


def test_concepts_are_renamed_merged_and_made(course, sheet, given_back, names):
    sheet.edit("concepts", "c0", name="Adding")
    sheet.edit("concepts", "", name="Doubling", prerequisites="Sums")
    sheet.edit("questions", "q1", concepts="Doubling")
    given_back()
    assert names(course)["q0"] == ["Adding"]
    assert names(course)["q1"] == ["Doubling"]
    bank = course.load_bank()
    doubling = next(concept for concept in bank.concepts if concept.name == "Doubling")
    assert [bank.concept[needed].name for needed in doubling.prerequisites] == ["Adding"]


def test_merge(course, sheet, given_back, names):
    sheet.edit("concepts", "c1", **{"merge into": "sums"})
    given_back()
    assert set(map(tuple, names(course).values())) == {("Sums",)}


@pytest.mark.parametrize(("cell", "sources"), [("Sums", ["teacher"]), ("", []), ("(proposed) Sums", ["proposed"])])
def test_a_proposed_prerequisite_is_confirmed_removed_or_left(course, sheet, given_back, cell, sources):
    sheet.edit("concepts", "c1", prerequisites=cell)
    given_back()
    assert [link.source.value for link in Review(course).state().reviewed.annotation.prerequisites] == sources


def test_steps_are_edited(course, sheet, given_back):
    sheet.edit("questions", "q0", steps="Count on. || Sums\nRead off: $|a||b|$ || Sums | Products || 2")
    given_back()
    steps = course.load_bank().question["q0"].steps
    assert steps == (Step("Count on.", ("c0",)), Step("Read off: $|a||b|$", ("c0", "c1"), "2"))
    export_review(course, sheet.path)
    assert given_back()["recorded"] == 0


def test_every_mistake_is_told_with_its_row_and_nothing_is_done(course, sheet, given_back, names):
    rows = [
        sheet.edit("questions", "q0", concepts="Summs"),
        sheet.edit("questions", "q1", steps="One. || Stars"),
        sheet.edit("concepts", "c0", name="products"),
        sheet.edit("concepts", "c1", prerequisites="Products"),
        sheet.edit("questions", "q2", concepts="Products"),
    ]
    with pytest.raises(UserError) as refused:
        given_back()
    told = refused.value.given
    assert "nothing was changed" in told
    assert f"questions, row {rows[0]}: Unknown concept 'Summs'. did you mean 'Sums'?" in told
    assert f"questions, row {rows[1]}: Unknown concept 'Stars'." in told
    assert decided(course) == []
    assert names(course)["q2"] == ["Sums"]
    sheet.edit("questions", "q0", concepts="Sums")
    sheet.edit("questions", "q1", steps="")
    with pytest.raises(UserError) as refused:
        given_back()
    assert f"concepts, row {rows[2]}: Another concept is called “products”." in refused.value.given
    assert f"concepts, row {rows[3]}: A concept cannot need itself." in refused.value.given


def test_an_unknown_concept_comes_with_the_way_to_a_new_one(sheet, given_back):
    sheet.edit("questions", "q0", concepts="Stars")
    with pytest.raises(UserError, match=r"Unknown concept 'Stars'.*without a concept_id"):
        given_back()


@pytest.mark.parametrize("line", ["|| ||", "|| Sums || 2"])
def test_a_step_without_a_text_is_told(course, sheet, given_back, line):
    row = sheet.edit("questions", "q0", steps=f"Count on.\n{line}")
    with pytest.raises(UserError, match=f"questions, row {row}: A step has no text. Allowed: `text "):
        given_back()
    assert decided(course) == []


def test_a_new_concept_nobody_uses_is_told(course, sheet, given_back):
    row = sheet.edit("concepts", "", name="Stars")
    with pytest.raises(UserError, match=f"concepts, row {row}: No question has the new concept “Stars”"):
        given_back()


def test_an_edited_row_of_an_older_state_is_stale(course, sheet, given_back):
    sheet.edit("questions", "q3", concepts="Sums")
    sheet.edit("concepts", "c1", name="Times")
    Review(course).record((AcceptLabel("q3", PRODUCTS), MergeConcepts(PRODUCTS, SUMS)), "another", 1.0)
    with pytest.raises(UserError) as refused:
        given_back()
    assert "The question q3 was changed in the course since this file was written." in refused.value.given
    assert "The concept “Times” was changed in the course since this file was written." in refused.value.given
    assert len(decided(course)) == 2


def edit_everything(sheet):
    """One decision of every kind; each row's cells rest on names that another row changes."""
    sheet.edit("concepts", "c0", name="Adding")
    sheet.edit("concepts", "c1", **{"merge into": "sums"})
    sheet.edit("concepts", "", name="Doubling", prerequisites="Sums")
    sheet.edit("questions", "q0", concepts="Sums | Doubling", steps="Count on. || Sums | Doubling")
    sheet.edit("questions", "q1", concepts="Doubling", checked="ja")
    sheet.edit("questions", "q3", checked="yes")


def test_the_same_file_given_back_twice_is_nothing_to_do(course, sheet, given_back, names):
    edit_everything(sheet)
    assert given_back()["recorded"] > 5
    taken, used = decided(course), names(course)
    again = given_back()
    assert (again["recorded"], again["used"]) == (0, False)
    assert (decided(course), names(course)) == (taken, used)


def test_a_file_that_was_given_back_can_be_edited_further(course, sheet, given_back, names):
    sheet.edit("questions", "q0", concepts="Products")
    given_back()
    sheet.edit("questions", "q1", concepts="Products")
    assert given_back()["recorded"] == 1
    assert (names(course)["q0"], names(course)["q1"]) == (["Products"], ["Products"])


def test_a_row_whose_decision_was_undone_counts_again(course, sheet, given_back, names):
    sheet.edit("questions", "q0", concepts="Products")
    given_back()
    Review(course).undo(read_events(course)[0][0].event_id, "another", 3.0)
    assert given_back()["recorded"] == 1
    assert given_back()["recorded"] == 0
    assert names(course)["q0"] == ["Products"]


def test_an_unknown_mark_in_checked_is_told(course, sheet, given_back):
    rows = [sheet.edit("questions", "q0", checked="perhaps"), sheet.edit("questions", "q1", checked="ok?")]
    with pytest.raises(UserError) as refused:
        given_back()
    assert f"questions, row {rows[0]}: checked is 'perhaps'. Allowed: " in refused.value.given
    assert f"questions, row {rows[1]}: checked is 'ok?'. Allowed: " in refused.value.given
    assert "yes" in refused.value.given
    assert decided(course) == []


@pytest.mark.parametrize("mark", ["no", "Nein", "0", "FALSE", ""])
def test_a_mark_for_no_checks_nothing(course, sheet, given_back, mark):
    sheet.edit("questions", "q0", checked=mark)
    assert (given_back()["recorded"], decided(course)) == (0, [])


def test_a_check_that_is_taken_away_is_told(course, sheet, given_back):
    Review(course).record((AcceptLabel("q0", SUMS),), "teacher", 1.0)
    export_review(course, sheet.path)
    row = sheet.edit("questions", "q0", checked="no")
    with pytest.raises(UserError, match=f"questions, row {row}: q0 is checked already"):
        given_back()


def test_an_unknown_question_is_told_though_its_cells_were_not_edited(course, sheet, given_back):
    row = sheet.edit("questions", "q1", question_id="q11")
    with pytest.raises(UserError) as refused:
        given_back()
    assert f"questions, row {row}: Unknown question 'q11'. did you mean 'q1'? Allowed: q0, q1, " in refused.value.given


def test_rows_nobody_edited_do_not_go_stale(course, sheet, given_back):
    sheet.edit("questions", "q0", checked="yes")
    Review(course).record((AcceptLabel("q3", PRODUCTS),), "another", 1.0)
    given_back()
    assert Review(course).state().reviewed.decided == {("q0", "c0"), ("q3", "c1")}


def test_a_question_that_was_mended_or_left_the_bank_is_stale(course, sheet, given_back, annotation_of):
    sheet.edit("questions", "q0", steps="Count.")
    sheet.edit("questions", "q1", concepts="Products")
    bank = course.load_bank()
    mended = [replace(q, text="Another text.") if q.question_id == "q0" else q for q in bank.questions]
    bank = replace(bank, questions=tuple(q for q in mended if q.question_id != "q1"))
    anew = annotation_of()
    anew = replace(
        anew, questions=tuple(replace(f, content="new") if f.question_id == "q0" else f for f in anew.questions)
    )
    store(course, anew, applied(bank, anew), 2.0)
    with pytest.raises(UserError) as refused:
        given_back()
    assert "The question q0 was changed" in refused.value.given
    assert "Unknown question 'q1'" in refused.value.given


def test_a_row_that_is_there_twice_is_told(course, sheet, given_back):
    sheet.edit("questions", "q1", question_id="q0")
    with pytest.raises(UserError, match="q0 is there twice"):
        given_back()


def test_hostile_names_stay_text(course, tmp_path, still_clock, annotation_of):
    room_name = '=HYPERLINK("http://x","y")'
    anew = replace(
        annotation_of(), concepts=tuple(replace(c, name=f"{room_name} {c.name}") for c in annotation_of().concepts)
    )
    bank = course.load_bank()
    bad = Question("q0", "=1+1\x07", QuestionKind.NUMBER, "2", ("c0",))
    bank = replace(bank, questions=(bad, *bank.questions[1:]))
    store(course, anew, applied(bank, anew), 2.0)
    export_review(course, tmp_path / "a.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["questions"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    export_review(course, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "@"))]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("a.csv", "a.xlsx"):
        assert import_review(course, tmp_path / name, "Ms Li", still_clock)["recorded"] == 0


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(course, tmp_path, still_clock, separator):
    path = tmp_path / "a.csv"
    export_review(course, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    widest = max(map(len, rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([*row, *[""] * (widest - len(row))] for row in rows)
    assert import_review(course, path, "Ms Li", still_clock)["recorded"] == 0


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["# questions", "# questions, mine; and yours\tand ours"])
def test_the_separator_is_found_where_the_first_line_does_not_tell_it(tmp_path, separator, name):
    path = tmp_path / "a.csv"
    rows = [[name], ["question_id", "text", "state"], ["q0", "one, two; three\tfour", "s"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    (found,) = read_tables(path).values()
    assert (found.header, found.rows) == (("question_id", "text", "state"), (("q0", "one, two; three\tfour", "s"),))


def test_a_header_with_two_separators_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("# questions\nquestion_id;text,mine;state\nq0;a;s\n", encoding="utf-8")
    with pytest.raises(UserError, match="parted by comma or semicolon") as refused:
        read_tables(path)
    assert "question_id;text,mine;state" in refused.value.given
    path.write_text('# questions\nquestion_id;"text, mine";state\nq0;a;s\n', encoding="utf-8")
    assert read_tables(path)["questions"].header == ("question_id", "text, mine", "state")


@pytest.mark.parametrize(("value", "told"), [('=CONCAT("Sums","")', "was never worked out"), ("=1/0", "#DIV/0!")])
def test_a_formula_without_a_value_is_told_with_its_cell(course, tmp_path, still_clock, value, told):
    path = tmp_path / "a.xlsx"
    export_review(course, path)
    Sheet(path).edit("questions", "q1", concepts=value)
    book = openpyxl.load_workbook(path)
    cell = book["questions"]["C3"]
    cell.value, cell.data_type = (value, "f") if "CONCAT" in value else ("#DIV/0!", "e")
    book.save(path)
    with pytest.raises(UserError) as refused:
        import_review(course, path, "Ms Li", still_clock)
    assert "cell C3 of questions" in str(refused.value)
    assert told in str(refused.value)
    assert decided(course) == []


BROKEN = {
    "no spreadsheet": ("a.xlsx", b"hello", "no spreadsheet that can be read"),
    "not UTF-8": ("a.csv", "# questions\nÄ".encode("cp1252"), "not UTF-8"),
    "nothing": ("a.csv", b"", "has no questions"),
    "no concepts": ("a.csv", b"# questions\nquestion_id,concepts,checked,steps,state\n", "has no concepts"),
    "a column is gone": ("a.csv", b"# questions\nquestion_id\nq0\n# concepts\nname\nA\n", "lack the column"),
    "another kind": ("a.ods", b"", ".xlsx or .csv"),
}


@pytest.mark.parametrize(("name", "content", "told"), BROKEN.values(), ids=BROKEN)
def test_broken_files_are_told(course, tmp_path, still_clock, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=told):
        import_review(course, tmp_path / name, "Ms Li", still_clock)


def test_a_text_too_long_for_a_cell_is_told(tmp_path):
    table = Table("questions", ("question_id", "text"), (("q0", "x" * 40_000),))
    with pytest.raises(UserError, match=r"Row 2 of the questions has a text of 40,000 signs"):
        write_tables(tmp_path / "a.xlsx", (table,))
    write_tables(tmp_path / "a.csv", (table,))
    assert read_tables(tmp_path / "a.csv")["questions"].rows == table.rows


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "'=1", "plain", "a\nb", "it's"])
def test_what_is_made_inert_is_read_as_it_was_meant(text):
    assert as_meant(inert(text)) == text or text == "'=1"


def test_names_and_steps_of_a_cell():
    assert names_in(" A |B|| A ") == ["A", "B"]
    assert [step.text for step in steps_in("One\n\nTwo || A")] == ["One", "Two"]
