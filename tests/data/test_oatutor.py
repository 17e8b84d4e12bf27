import io
import json
import random
import tarfile
from pathlib import Path

import pytest

from preceptor.answers import Worker, vet, vet_bank
from preceptor.data import ReadOptions, make_reader
from preceptor.data.oatutor import FIGURE_MISSING, TEXT_BROKEN
from preceptor.data.oatutor_steps import hints, reveals, worked_steps
from preceptor.data.oatutor_text import answer, convert, skill_name, skill_slug
from preceptor.domain import QuestionKind, Step, UserError, question_id

ALGEBRA, PHYSICS, SWEDISH = "Open Algebra", "College Physics", "Matematik 4"


def problem(course=ALGEBRA, title="Lines", body="", **more):
    return {"title": title, "body": body, "lesson": "1.1 Lines", "courseName": course, "variabilization": {}, **more}


def step(key, title="", body="", kind="TextBox", answer_type="arithmetic", **more):
    return {
        "stepAnswer": [key], "stepTitle": title, "stepBody": body, "problemType": kind, "answerType": answer_type,
        "variabilization": {}, **more,
    }  # fmt: skip


def hint(name, text, *before, title="", **more):
    return {"id": name, "type": "hint", "dependencies": list(before), "title": title, "text": text, **more}


def members():
    """Problem id → (problem, step id → (step, pathway))."""
    pathway = [
        hint("h3", "So the slope is $$3$$.", "h2"),
        hint("h1", "Look at the form $$y=mx+b$$.", title="Form"),
        hint("h2", "What is $$m$$?", "h1", "gone", type="scaffold", hintAnswer=["$$3$$"]),
    ]
    choice = step("Yes", "Is it a line?", kind="MultipleChoice", answer_type="string", choices=["Yes", "No", "No"])
    template = step("@{a}", "Double @{h}.", variabilization={"a": ["4", "6"], "h": ["2", "3"]})
    return {
        "p1": (problem(), {"p1a": (step("$$3$$", "Find the slope of $$y=3x+1$$."), pathway), "p1b": (choice, [])}),
        "p2": (problem(), {"p2a": (step("$$3$$", "Find the slope of $$y=3x+1$$. "), [])}),
        "p3": (problem(PHYSICS), {"p3a": (step("$$9.8$$", "What is g?"), [])}),
        "p4": (problem(SWEDISH), {"p4a": (step("$$1$$", "Derivera."), [])}),
        "p5": (problem(body="See.\\n##figure1.gif##"), {"p5a": (step("$$2$$", "Read it off."), [])}),
        "p6": (problem(title="Doubling"), {"p6a": (template, [])}),
        "p7": (problem(title="Broken"), {"p7a": (step("$$1$$", r"$$\fracsin^2\left(x\righ$$"), [])}),
        "p8": (problem(title="Money"), {"p8a": (step("No solution", "It costs $5 or $$\\$6$$."), [])}),
        "p9": (problem(title="Odd key"), {"p9a": (step("42a105c", "How many?"), [])}),
    }


def files(problems):
    yield "skillModel.json", {name: ["slope_of_a_line"] for _, steps in problems.values() for name in steps}
    plans = [(ALGEBRA, "en"), (PHYSICS, "en"), (SWEDISH, "se")]
    yield "coursePlans.json", [{"courseName": name, "language": language} for name, language in plans]
    for name, (content, steps) in problems.items():
        yield f"content-pool/{name}/{name}.json", {"id": name, **content}
        for step_id, (inner, pathway) in steps.items():
            folder = f"content-pool/{name}/steps/{step_id}"
            yield f"{folder}/{step_id}.json", {"id": step_id, **inner}
            yield f"{folder}/tutoring/{step_id}DefaultPathway.json", pathway


@pytest.fixture
def pack(tmp_path):
    def build(problems=None, without=""):
        path = tmp_path / "oatutor_content_json.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, content in files(problems or members()):
                if name != without:
                    data = content if isinstance(content, bytes) else json.dumps(content).encode()
                    entry = tarfile.TarInfo(name)
                    entry.size = len(data)
                    archive.addfile(entry, io.BytesIO(data))
        return path

    return build


def read(path: Path, **options):
    return make_reader("oatutor").read([path], ReadOptions(**options))


def by_step(imported):
    ids = {question_id("oatutor", name): name for _, steps in members().values() for name in steps}
    return {ids[question.question_id]: question for question in imported.bank.questions}


def test_one_step_is_one_question_with_its_worked_solution(pack):
    question = by_step(read(pack()))["p1a"]
    assert question.text == "Lines\n\nFind the slope of $y=3x+1$."
    assert (question.key, question.kind, question.family) == ("3", QuestionKind.EXPRESSION, "Open Algebra: 1.1 Lines")
    concepts = ("oatutor:slope-of-a-line",)
    assert question.concepts == concepts
    assert question.steps == (
        Step("Form. Look at the form $y=mx+b$.", concepts),
        Step("What is $m$?", concepts, "3"),
        Step("So the slope is $3$.", concepts),
    )
    assert question.hints == (
        "Form. Look at the form $y=mx+b$.", "What is $m$?", "So the slope is $3$. The answer is: 3",
    )  # fmt: skip


def test_choices_keep_their_order_without_repetition(pack):
    question = by_step(read(pack()))["p1b"]
    assert (question.kind, question.options, question.key) == (QuestionKind.CHOICE, ("Yes", "No"), "Yes")


def test_duplicates_and_other_subjects_are_left_out_and_counted(pack):
    imported = read(pack())
    assert set(by_step(imported)) == {"p1a", "p1b", "p5a", "p6a", "p7a", "p8a", "p9a"}
    expected = {"questions": 7, "duplicates": 1, "left_out_by_course": 2, "concepts": 1, "rows_rejected": 0}
    assert imported.report.items() >= expected.items()
    assert len(imported.log) == 0
    assert ALGEBRA in imported.notes[0]


def test_named_courses_are_read_instead(pack):
    assert set(by_step(read(pack(), courses=(PHYSICS,)))) == {"p3a"}
    with pytest.raises(UserError, match="Unknown course"):
        read(pack(), courses=("College Physic",))


def test_templates_take_their_first_values(pack):
    question = by_step(read(pack()))["p6a"]
    assert (question.text, question.key) == ("Doubling\n\nDouble 2.", "4")


def test_what_cannot_be_shown_is_uncheckable(pack):
    questions = by_step(read(pack()))
    assert questions["p5a"].uncheckable == FIGURE_MISSING
    assert questions["p7a"].uncheckable == TEXT_BROKEN
    assert questions["p5a"].text == "Lines\n\nSee.\n\nRead it off."
    assert questions["p8a"].text == "Money\n\nIt costs \\$5 or \\$6."


def test_vetting_settles_kinds_and_lists_keys_outside_the_grammar(pack):
    with Worker() as worker:
        questions = {name: vet(question, worker) for name, question in by_step(read(pack())).items()}
    assert {name for name, question in questions.items() if not question.servable} == {"p5a", "p7a", "p9a"}
    assert "outside the grammar" in questions["p9a"].uncheckable
    assert questions["p8a"].kind is QuestionKind.TEXT
    assert questions["p1a"].kind is QuestionKind.NUMBER


def test_reading_twice_gives_the_same_bank(pack):
    assert read(pack()).bank.content_hash == read(pack().parent).bank.content_hash


@pytest.mark.parametrize("name", ["skillModel.json", "coursePlans.json"])
def test_a_missing_list_is_named(pack, name):
    with pytest.raises(UserError, match=name) as refused:
        read(pack(without=name))
    assert "oatutor_content_json.tar.gz" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("content-pool/p1/steps/p1a/tutoring/p1aDefaultPathway.json", "tutoring/p1aDefaultPathway.json is missing"),
        ("content-pool/p2/steps/p2a/p2a.json", "content-pool/p2/steps is missing"),
    ],
)
def test_a_missing_member_is_named_or_rejected(pack, name, told):
    with pytest.raises(UserError, match=told):
        read(pack(without=name))
    imported = read(pack(without=name), on_bad_row="skip")
    assert [told in reject.reason for reject in imported.rejects] == [True]
    assert imported.report["rows_rejected"] == 1


def test_damaged_json_is_named(pack):
    problems = members()
    problems["p1"][1]["p1a"] = (step("$$1$$", title=7), [])
    with pytest.raises(UserError, match=r"p1a\.json is damaged"):
        read(pack(problems))


def test_a_truncated_archive_is_refused(pack):
    path = pack()
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(UserError, match="is damaged") as refused:
        read(path)
    assert str(path) in str(refused.value)


def test_other_files_are_refused(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        read(tmp_path)
    other = tmp_path / "other.tar.gz"
    other.write_text("no archive")
    with pytest.raises(UserError, match="is damaged"):
        read(other)
    with tarfile.open(other, "w:gz"):
        pass
    with pytest.raises(UserError, match=r"skillModel\.json is missing"):
        read(other)
    with pytest.raises(UserError, match="2 sources"):
        make_reader("oatutor").read([other, other], ReadOptions())


@pytest.mark.parametrize(
    ("original", "text"),
    [
        (r"If $$x=2$$\nfind $$y$$", "If $x=2$\nfind $y$"),
        (r"$$\operatorname{log_2}\left(x\right)$$", r"$\log_{2}\left(x\right)$"),
        (r"$$\operatorname{10}\left(x\right)$$", r"$10\left(x\right)$"),
        (r"$$\operatorname{cot}\left(x\right)$$", r"$\cot\left(x\right)$"),
        (r"Pay $$\$4.50$$ or $3", r"Pay \$4.50 or \$3"),
        (r"$$\lim_{x \toa}$$", r"$\lim_{x \to a}$"),
    ],
)
def test_notation_is_converted(original, text):
    prose = convert(original)
    assert (prose.text, prose.broken, prose.figure) == (text, False, False)


@pytest.mark.parametrize("original", ["$$x", r"so \frac{1}{2}", r"$$\sqrtcos$$", "@{n} left"])
def test_damaged_notation_is_noticed(original):
    assert convert(original).broken


def test_answers_lose_their_dollars():
    assert answer(r"$$\$13.7\$$$") == r"\$13.7\$"
    assert answer("$$9x$$ $$=$$ $$y**(1/2)$$") == "9x = y^{1/2}"


def test_skills_are_readable_and_stable():
    assert skill_name("evaluate_x**2_in_openstax_precalc") == "Evaluate x²"
    assert skill_name("https://openstax.org/books/pages/3_4_contingency_tables") == "Contingency tables"
    assert skill_slug("using_cramer’s_rule") == skill_slug("using_cramer's_rule") == "using-cramer-s-rule"


def test_a_circle_of_dependencies_keeps_the_order_of_the_file():
    circle = [hint("a", "one", "b"), hint("b", "two", "a")]
    assert [item.text for item in worked_steps(circle, {}, ())] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("So it is $12$.", "12", True), ("So it is $112$.", "12", False), ("It is 1.25.", "1.2", False),
        (r"We get $\frac{1}{2}$.", "1/2", True), ("Then $x = 5$.", "x=5", True), ("The value is 5.", "x=5", True),
        (r"$\left(x+1\right)^2$", "(x+1)^2", True), ("Is it yes or no?", "Yes", True), ("Yesterday", "Yes", False),
        ("Nothing here.", "7", False), ("$3$ apples and 4 pears", "34", False),
    ],
)  # fmt: skip
def test_an_answer_inside_a_text_is_noticed(text, key, told):
    assert reveals(text, key) == told


@pytest.mark.parametrize("key", ["7", "small", "rule", "Topic"])
def test_only_the_last_hint_holds_the_answer(key):
    steps = (Step(f"It is {key}."), Step(f"Really, {key}."))
    first, second, last = hints(steps, key, (), "Topic")
    assert not reveals(first, key)
    assert not reveals(second, key)
    assert reveals(last, key)


@pytest.fixture(scope="module")
def real_bank(uncovered):
    folder = Path(__file__).parents[2] / ".." / "shared" / "data" / "oatutor"
    if not folder.is_dir():
        pytest.skip("the data set oatutor is not beside this checkout")
    with uncovered(), Worker() as worker:
        imported = read(folder)
        return imported, vet_bank(imported.bank, worker)


@pytest.mark.slow
def test_the_real_bank_is_large_and_grades_itself(real_bank):
    imported, vetted = real_bank
    questions = vetted.bank.questions
    assert len(questions) == 12_148
    assert imported.report["duplicates"] == 2_601
    assert imported.report["left_out_by_course"] == 1_613
    assert sum(bool(question.steps and question.concepts) for question in questions) > 10_000
    assert vetted.self_graded / len(questions) >= 0.98
    served = [question for question in questions if question.servable]
    assert len(served) > 10_000
    kinds = {"number", "expression", "equation", "list", "choice", "text"}
    assert {question.kind.value for question in served} == kinds


@pytest.mark.slow
def test_hints_of_the_real_bank_keep_the_answer_for_the_last(real_bank):
    _, vetted = real_bank
    for question in random.Random(3).sample(vetted.bank.questions, 2_000):
        first, second, last = question.hints
        assert first
        assert second
        assert not reveals(first, question.key)
        assert not reveals(second, question.key)
        assert question.key in last
