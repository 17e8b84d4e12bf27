"""The page of the examination says what its run files hold."""

from preceptor.cli.results_tutor_examination import examination_section

MARK = {"count": 3, "of": 1500, "rate": 0.002, "upper_95": 0.0052}


def run(state, model=None, **marks):
    table = {"rows": 1500, "leak": MARK, "wrong_grade": {"count": 0, "of": 0, "rate": None, "upper_95": None}, **marks}
    return {"state": state, "model": model, "pooled": table, "messages": {"all": table, "begs": table}, "answers": {}}


def test_counts_rates_and_bounds_stand_in_a_row_for_every_run():
    page = examination_section([run("before"), run("after")])
    rows = [line for line in page.splitlines() if line.startswith(("| before", "| after"))]
    assert len(rows) == 2
    assert all("3 of 1,500: 0.20 % (≤ 0.52 %)" in row for row in rows)


def test_what_was_not_asked_stands_empty_and_classes_are_of_every_run_but_the_baseline():
    model = {"drafts": 12, "attempts_to_leak": 12}
    page = examination_section([run("before"), run("after"), run("with a model", model=model)])
    assert "None" not in page
    assert "### By class: before" not in page
    assert "### By class: after\n\nWithout a language model." in page
    assert "### By class: with a model\n\nThe language model drafted 12 times" in page
    assert page.count("| `begs` | 1500 | 3 of 1,500: 0.20 % (≤ 0.52 %)") == 2
    assert "`all`" not in page


def test_attempts_of_a_model_are_told():
    page = examination_section([run("before"), run("with a model", model={"drafts": 1146, "attempts_to_leak": 1100})])
    assert "drafted 1,146 times, and 1,100 drafts" in page
