"""TASA's records are read with their units mended; named after the defects in the original's files."""

import json

import pytest

from preceptor.data import ReadOptions, make_reader
from preceptor.data.tasa_files import find_files
from preceptor.data.tasa_records import Records
from preceptor.domain import UserError

START = 1_569_453_660_000


def read(*sources, **options):
    return make_reader("tasa").read(list(sources), ReadOptions(**options))


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return path


def remembered(concept, question, response, milliseconds, number=7):
    return {
        "concept_id": number,
        "concept_text": concept,
        "description": "A sentence.",
        "keywords": concept,
        "question_id": question,
        "response": response,
        "timestamp": milliseconds,
    }


def session(concept, memory, minutes, last=1, attempts=None, student="5"):
    return {
        "student_id": student,
        "concept_id": 7,
        "concept_text": concept,
        "persona": {"description": "", "keywords": concept, "stats": {"correct": 0, "total": len(memory)}},
        "memory": [{"description": "", "timestamp": time, "response": right} for time, right in memory],
        "delta_t_minutes": minutes,
        "tau_minutes": 300.0,
        "last_response": last,
        "num_attempts": len(memory) + 1 if attempts is None else attempts,
        "methods": {"dkt": {"s_tc": 0.5, "fs": 0.1, "level": "low"}},
    }


def answers(imported, student):
    return [(event.time_seconds, event.correct) for event in imported.log.interactions(student)]


@pytest.mark.parametrize(
    ("folder", "minutes", "seconds"),
    [("assist2017", 2.0, 2.0), ("nips_task34", 300.0, 300.0), ("algebra2005", 15.0, 15.0), ("bridge2006", 2.5, 150.0)],
)
def test_seconds_stored_as_minutes_are_read_as_seconds(tmp_path, folder, minutes, seconds):
    """2,000 ms stand as 2.0 "minutes" in three of the four sets; they are 2 seconds."""
    path = write(tmp_path, f"bank/session/{folder}/5.json", session("Discount", [(START, 0)], minutes))
    case = Records().case(find_files([path], "utf-8")[0])
    assert case.gap_seconds == seconds
    assert case.tau_seconds == 300.0 * seconds / minutes


def test_the_last_answer_stands_where_the_gap_puts_it(tmp_path):
    path = write(tmp_path, "session_assist2017_5.json", session("Discount", [(START, 0), (START + 60_000, 1)], 2.0))
    imported = read(path)
    at = START / 1000
    assert answers(imported, "assist2017-5") == [(at, 0), (at + 60, 1), (at + 62, 1)]
    assert "assist2017" in imported.notes[-1]


def test_of_a_shortened_memory_the_last_answer_has_no_time_and_is_left_out(tmp_path):
    path = write(tmp_path, "session_assist2017_5.json", session("Discount", [(START, 0)], 2.0, attempts=9))
    assert answers(read(path), "assist2017-5") == [(START / 1000, 0)]


def test_an_answer_that_memory_and_session_hold_is_one(tmp_path):
    write(
        tmp_path, "memory/nips_task34/data/5.json", [remembered("Time", 3, 0, START), remembered("Time", 4, 1, START)]
    )
    write(tmp_path, "persona/nips_task34/last_interactions/5.json", {"7": remembered("Time", 5, 1, START + 9_000)})
    write(tmp_path, "session/nips_task34/5.json", session("Time", [(START, 0), (START, 1)], 9.0))
    imported = read(tmp_path)
    assert [event.correct for event in imported.log.interactions("nips_task34-5")] == [0, 1, 1]
    assert len(imported.bank.questions) == 3


def test_an_answer_on_two_concepts_is_one_answer(tmp_path):
    rows = [remembered("Time", 3, 1, START, 7), remembered("Money", 3, 1, START, 8), remembered("Time", 3, 1, START, 7)]
    imported = read(write(tmp_path, "memory_assist2017_5.json", rows))
    names = {concept.name for concept in imported.bank.concepts}
    assert (len(imported.log), names) == (2, {"Time", "Money"})
    assert len(imported.bank.questions[0].concepts) == 2


def test_the_same_number_in_two_sets_is_two_students(tmp_path):
    for name in ("assist2017", "algebra2005"):
        write(tmp_path, f"memory/{name}/data/5.json", [remembered("Time", 3, 1, START)])
    imported = read(tmp_path)
    assert set(imported.log.student_ids) == {"assist2017-5", "algebra2005-5"}
    assert len(imported.bank.questions) == 2


def test_names_are_shown_as_people_write_them(tmp_path):
    path = write(
        tmp_path, "memory_algebra2005_5.json", [remembered("Write expression@@@@ negative####slope", 3, 1, START)]
    )
    assert read(path).bank.concepts[0].name == "Write expression, negative_slope"


def test_a_name_with_a_semicolon_is_one_concept(tmp_path):
    name = "[SkillRule: Remove constant; {ax+b=c}]"
    path = write(tmp_path, "memory_algebra2005_5.json", [remembered(name, 3, 1, START)])
    assert [concept.name for concept in read(path).bank.concepts] == [name]


def test_counts_of_the_persona_are_held_against_the_answers(tmp_path):
    rows = [remembered("Time", n, 1, START + n) for n in range(4)] + [remembered("Money", 9, 0, START)]
    write(tmp_path, "memory_assist2017_5.json", rows)
    entries = [("Time", 3, 3), ("Money", 2, 6)]
    said = [{"concept_text": n, "description": "", "stats": {"correct": c, "total": t}} for n, c, t in entries]
    write(tmp_path, "persona_assist2017_5.json", said)
    report = read(tmp_path).report
    assert (report["persona_entries"], report["persona_entries_that_differ"]) == (2, 1)


@pytest.mark.parametrize(("counts", "differs"), [((2, 3), 0), ((2, 2), 0), ((1, 2), 0), ((3, 3), 1), ((0, 2), 1)])
def test_a_persona_may_leave_the_last_answer_out(tmp_path, counts, differs):
    rows = [remembered("Time", n, right, START + n) for n, right in enumerate((1, 1, 0))]
    write(tmp_path, "memory_assist2017_5.json", rows)
    stats = dict(zip(("correct", "total"), counts, strict=True))
    write(tmp_path, "persona_assist2017_5.json", [{"concept_text": "Time", "description": "", "stats": stats}])
    assert read(tmp_path).report["persona_entries_that_differ"] == differs


def test_dialogues_keep_who_said_what(tmp_path):
    write(tmp_path, "memory_assist2017_5.json", [remembered("Discount", 3, 1, START)])
    said = [
        {"role": "user", "round": 0, "content": "I want to learn about discount"},
        {
            "role": "assistant",
            "round": 1,
            "content": "A question.",
            "retrieved_memory": ["a"],
            "rewritten_memory": ["b"],
        },
    ]
    told = {"student_id": 5, "dataset": "assist2017", "concept_text": "discount", "dialogue": said}
    write(tmp_path, "dialogue.json", told)
    (dialogue,) = read(tmp_path).dialogues
    assert (dialogue.student, dialogue.concept, dialogue.tutor) == ("assist2017-5", "discount", "TASA")
    assert [(u.by_tutor, u.round, u.memory) for u in dialogue.utterances] == [(False, 0, ()), (True, 1, ("b",))]


def test_bad_rows_are_told_together_and_can_be_left_out(tmp_path):
    good, odd = remembered("Time", 3, 1, START), remembered("Time", 4, 2, START)
    seconds = remembered("Time", 5, 1, START * 1_000)
    lacking = {name: value for name, value in good.items() if name != "timestamp"}
    path = write(tmp_path, "memory_assist2017_5.json", [good, odd, seconds, lacking])
    with pytest.raises(UserError, match="3 rows") as caught:
        read(path)
    assert "row 2: response is 2" in str(caught.value)
    assert "between 1970 and 2100" in str(caught.value)
    assert "timestamp is missing" in str(caught.value)
    imported = read(path, on_bad_row="skip")
    assert (len(imported.log), len(imported.rejects)) == (1, 3)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("5.json", {"a": 1}, "no file of TASA"),
        ("notes.json", [remembered("Time", 3, 1, START)], "whose record"),
        ("dialogue_5.json", {"student_id": 5, "dialogue": []}, "no answers"),
    ],
)
def test_what_cannot_be_imported_is_said(tmp_path, name, content, told):
    with pytest.raises(UserError, match=told):
        read(write(tmp_path, name, content))


def test_the_published_samples(real_data):
    imported = read(real_data("tasa_examples"))
    # the session of student 109 is whole: its answer that is left out lies 0 s after the one before it
    assert len(answers(imported, "nips_task34-109")) == 4 + 6 + 1
    assert imported.report["dialogues"] == 1
    assert imported.report["sessions"] == 2
    (dialogue,) = imported.dialogues
    assert dialogue.utterances[1].by_tutor
    assert len(dialogue.utterances[1].persona) == 3


def test_the_published_forgetting_score_follows_from_its_inputs(real_data):
    folder = real_data("tasa_examples")
    (file,) = find_files([folder / "session_algebra2005_109.excerpt.json"], "utf-8")
    case = Records().case(file)
    assert (case.gap_seconds, case.tau_seconds) == (15.0, 235.0)
    for method in case.methods.values():
        by_hand = (1 - method.mastery) * case.gap_seconds / (case.gap_seconds + case.tau_seconds)
        assert method.forgetting == pytest.approx(by_hand, abs=1e-7)
