"""What is exported to ExRec's files and read again is the same, and what they cannot hold is said."""

import json
import shutil

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.course import Course, runs
from preceptor.data import ReadOptions, make_reader
from preceptor.data.exrec_checkpoint import read_checkpoint
from preceptor.data.exrec_writing import write_bank
from preceptor.domain import Bank, Concept, Question, QuestionKind, Step, UserError
from preceptor.embed import CourseVectors
from preceptor.trace import Answers, make_tracer
from preceptor.workflow.exporting import export_exrec
from preceptor.workflow.imported_model import keep_tracer
from preceptor.workflow.importing import import_data
from preceptor.workflow.models import load_trained
from preceptor.workflow.vectors import text_vectors


def held(bank):
    """All of a bank that ExRec's files hold."""
    questions = [
        (q.question_id, q.text, q.key, q.options, q.concepts, [(step.text, step.concepts) for step in q.steps])
        for q in bank.questions
    ]
    return questions, [(c.concept_id, c.name, c.cluster) for c in bank.concepts]


def read(folder):
    return make_reader("exrec").read([folder], ReadOptions())


@pytest.fixture
def exrec_course(exrec_files, tmp_path, still_clock):
    """A course imported from small files with vectors and a checkpoint."""
    source = exrec_files.write_all(tmp_path / "data")
    exrec_files.checkpoint(exrec_files.network(exrec_files.WIDTH, 32, 64), source / "pretrained_kt_model.ckpt")
    import_data("exrec", [source], tmp_path / "course", ReadOptions(), still_clock)
    return Course.open(tmp_path / "course")


def mastery(course):
    """Predictions of the course's model after three answers: questions, then concepts."""
    bank = course.load_bank()
    tracer = load_trained(course, bank).model.tracer
    state, unknown = tracer.initial(1), np.full(1, np.nan)
    for question, correct in ((0, 1), (1, 0), (2, 1)):
        answers = Answers(np.array([question]), np.array([correct], dtype=np.float32), unknown, unknown)
        state = tracer.update(state, answers)
    every = np.arange(len(bank.questions))[None]
    return np.concatenate(
        [tracer.predict(state, every, unknown)[0], tracer.mastery(state, np.arange(len(bank.concepts)), unknown)[0]]
    )


def test_a_checkpoint_becomes_the_courses_model_and_the_same_import_changes_nothing(
    exrec_course, tmp_path, still_clock, exrec_files
):
    bank, tracer = exrec_course.load_bank(), load_trained(exrec_course, exrec_course.load_bank()).model.tracer
    assert (tracer.name, tracer.settings()["size"]) == ("semantic-dkt", "small")
    concepts = dict(zip(exrec_files.LINKS, exrec_files.vectors(exrec_files.LINKS, 3).values(), strict=True))
    expected = exrec_files.scaled({c.name: concepts[c.name] for c in bank.concepts}).numpy()
    np.testing.assert_allclose(tracer.weights()["concept_vectors"], expected, rtol=1e-5, atol=1e-6)
    before = sorted(path for path in exrec_course.path.rglob("*") if "runs" not in path.parts)
    again = import_data("exrec", [tmp_path / "data"], exrec_course.path, ReadOptions(), still_clock)
    assert again.model == ""
    assert sorted(path for path in exrec_course.path.rglob("*") if "runs" not in path.parts) == before


def test_a_course_from_exrec_survives_the_way_there_and_back(exrec_course, tmp_path, still_clock):
    result = export_exrec(exrec_course, tmp_path / "out", 2, still_clock)
    assert {"part1_qid2content_sol_avg_emb.json", "part2_qid2content_sol_avg_emb.json"} <= set(result.files)
    import_data("exrec", [tmp_path / "out"], tmp_path / "again", ReadOptions(), still_clock)
    again = Course.open(tmp_path / "again")
    assert held(again.load_bank()) == held(exrec_course.load_bank())
    np.testing.assert_allclose(mastery(again), mastery(exrec_course), atol=1e-6)
    assert again.default("models").name == exrec_course.default("models").name  # not a bit of a weight differs
    vectors = [(course.default("vectors") / "vectors.safetensors").read_bytes() for course in (again, exrec_course)]
    assert vectors[0] == vectors[1]
    export_exrec(again, tmp_path / "out2", 2, still_clock)
    for name in result.files:
        if name.endswith(".json"):
            assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes(), name


def test_vectors_and_networks_never_stand_over_questions_that_came_without(
    exrec_course, exrec_files, tmp_path, still_clock
):
    kcs = ["Prisms", "Subtraction", "Counting", "Circles"]
    other = exrec_files.write_all(
        tmp_path / "other",
        kc_questions_map={"Prisms": [9]},
        kc_clusters=None,
        kc_emb=exrec_files.vectors(kcs, 3),
        part2_qid2content_sol_avg_emb=exrec_files.vectors(["3", "9"], 2),
    )
    shutil.copy(tmp_path / "data" / "pretrained_kt_model.ckpt", other)
    bank = exrec_course.load_bank()
    with pytest.raises(UserError, match="concepts that came without vectors, for example 'xes3g5m:Length'"):
        import_data("exrec", [other], exrec_course.path, ReadOptions(), still_clock)
    assert exrec_course.load_bank() == bank  # what does not fit is known before anything is written
    (other / "pretrained_kt_model.ckpt").unlink()
    result = import_data("exrec", [other], exrec_course.path, ReadOptions(), still_clock)
    assert any("The vectors were not kept" in note for note in result.notes)


def test_the_log_of_the_data_set_joins_the_questions_that_came_from_exrec(exrec_course, tmp_path, still_clock):
    before = exrec_course.load_bank()
    header = "fold,uid,questions,concepts,responses,timestamps,selectmasks"
    row = '0,5,"0,1,3","77,78,79","1,0,1","1600000000000,1600000060000,1600000120000","1,1,1"'
    (tmp_path / "train_valid_sequences_quelevel.csv").write_text(f"{header}\n{row}\n")
    source = [tmp_path / "train_valid_sequences_quelevel.csv"]
    import_data("xes3g5m", source, exrec_course.path, ReadOptions(), still_clock)
    assert exrec_course.load_bank() == before
    assert [i.question_id for i in exrec_course.load_log().interactions("5")] == [
        question.question_id for question in before.questions
    ]
    assert np.isfinite(mastery(exrec_course)).all()


def test_numbers_and_maps_are_as_exrec_loads_them(exrec_course, tmp_path, still_clock):
    result = export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    table = {name: json.loads((tmp_path / "out" / name).read_text()) for name in result.files if name[-5:] == ".json"}
    vectors = table["qid2content_sol_avg_emb.json"]
    assert list(vectors) == ["0", "1", "2"]  # ExRec's loaders count from 0 without gaps
    links, clusters = table["kc_questions_map.json"], table["kc_clusters.json"]
    assert sorted(kc for kcs in clusters.values() for kc in kcs) == sorted(links)
    assert table["kc_emb.json"].keys() == links.keys()
    for cluster, kcs in clusters.items():
        union = {number for kc in kcs for number in links[kc]}
        assert table["cluster_to_que_ids_map.json"][cluster] == sorted(union)
    assert clusters["0"] == ["Counting", "Subtraction"]  # ExRec's own numbers of clusters stay
    names = read_checkpoint(tmp_path / "out" / "pretrained_kt_model.ckpt")
    assert "lstm_layer.weight_ih_l0" in names


@pytest.fixture(scope="module")
def exported(small_course, tmp_path_factory, still_clock):
    """The built-in course as it is exported with its DKT, then with a network over texts and imported again."""
    folder = tmp_path_factory.mktemp("exported")
    course = Course.open(shutil.copytree(small_course, folder / "course"))
    result = export_exrec(course, folder / "out", 1, still_clock)
    bank = course.load_bank()
    torch.manual_seed(0)
    tracer = make_tracer("semantic-dkt", bank.q_matrix, size="small", vectors=text_vectors(bank, tuned=False))
    tracer.network.reset()
    tracer.calibration = (0.2, 1.3)
    keep_tracer(course, tracer, bank, course.load_log(), {})
    export_exrec(course, folder / "with-network", 1, still_clock)
    import_data("exrec", [folder / "with-network"], folder / "again", ReadOptions(), still_clock)
    return course, result, Course.open(folder / "again")


def test_the_built_in_course_survives_the_way_there_and_back(exported):
    course, _, again = exported
    assert held(again.load_bank()) == held(course.load_bank())
    tracers = [load_trained(found, found.load_bank()).model.tracer for found in (course, again)]
    for table in ("question_vectors", "concept_vectors"):
        first, second = (tracer.weights()[table] for tracer in tracers)
        np.testing.assert_array_equal(first, second)
    predicted = mastery(course)
    assert predicted.std() > 1e-3
    np.testing.assert_allclose(mastery(again), predicted, atol=1e-5)


def test_what_exrec_cannot_hold_is_listed(exported):
    course, result, _ = exported
    bank, told = course.load_bank(), "\n".join(result.lost)
    for words in (
        f"{sum(len(c.prerequisites) for c in bank.concepts)} prerequisites",
        f"{len(bank.misconceptions)} misconceptions",
        f"{sum(len(q.hints) for q in bank.questions):,} hints",
        "recognised wrong answers with their causes",
        "kinds other than fill-in and single choice",
        "12 order",
        "answers of the log",
        "The model dkt/",
        "the course keeps none",
    ):
        assert words in told
    assert (result.vectors, result.model) == (None, "")
    assert runs(course, "export")[-1]["metrics"]["lost"] == list(result.lost)


def test_other_sizes_are_told_and_kept(exrec_course, tmp_path, still_clock):
    result = export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    assert any("32 / 64 / 24" in told and "300 / 1200 / 768" in told for told in result.lost)
    network = read_checkpoint(tmp_path / "out" / "pretrained_kt_model.ckpt")
    assert network["lstm_layer.weight_hh_l0"].shape == (128, 32)


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_overwritten(exrec_course, tmp_path, still_clock, there):
    out = tmp_path / "out"
    if there == "file":
        out.write_text("mine")
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        export_exrec(exrec_course, out, 1, still_clock)
    assert (out if there == "file" else out / "mine.txt").read_text() == "mine"


def test_an_export_that_fails_leaves_no_folder(exrec_course, tmp_path, still_clock, monkeypatch):
    def full(path, weights):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("preceptor.workflow.exporting.write_checkpoint", full)
    with pytest.raises(UserError, match="the disk is full"):
        export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_wrong_requests(exrec_course, tmp_path, still_clock):
    with pytest.raises(UserError, match="--parts is 3"):
        export_exrec(exrec_course, tmp_path / "out", 3, still_clock)
    with pytest.raises(UserError, match="has no questions"):
        export_exrec(Course.create(tmp_path / "empty", "empty"), tmp_path / "out", 1, still_clock)


def silence(course, questions=(), concepts=()):
    """Make some texts of a course say nothing, as `embed` leaves them: vectors of length 0."""
    vectors = CourseVectors.load(course.default("vectors"))
    vectors.questions[list(questions)] = 0
    vectors.concepts[list(concepts)] = 0
    vectors.save(course.default("vectors"))
    return vectors


@pytest.mark.parametrize(("questions", "concepts"), [([1], []), ([], [0]), ([0, 1, 2], [1])])
def test_only_vectors_without_a_direction_are_not_written(exrec_course, tmp_path, still_clock, questions, concepts):
    shutil.rmtree(exrec_course.path / "models")
    vectors, bank = silence(exrec_course, questions, concepts), exrec_course.load_bank()
    result = export_exrec(exrec_course, tmp_path / "out", 2, still_clock)
    assert result.vectors == vectors.questions.shape[1]
    told = next(told for told in result.lost if "length 0" in told)
    named = [bank.questions[i].question_id for i in questions] + [bank.concepts[i].concept_id for i in concepts]
    assert all(name in told for name in named)
    assert "preceptor embed" in told
    for name in result.files:
        if "emb" in name:
            rows = json.loads((tmp_path / "out" / name).read_text()).values()
            assert all(np.linalg.norm(row) > 0 for row in rows)
    import_data("exrec", [tmp_path / "out"], tmp_path / "again", ReadOptions(), still_clock)
    again = Course.open(tmp_path / "again")
    back = CourseVectors.load(again.default("vectors"))
    np.testing.assert_array_equal(back.questions, vectors.questions)
    np.testing.assert_array_equal(back.concepts, vectors.concepts)
    export_exrec(again, tmp_path / "out2", 2, still_clock)
    for name in result.files:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes(), name


def test_a_network_over_texts_that_say_nothing_comes_back(exrec_course, tmp_path, still_clock):
    bank = exrec_course.load_bank()
    shutil.rmtree(exrec_course.path / "models")
    silence(exrec_course, [1])
    torch.manual_seed(0)
    source = CourseVectors.load(exrec_course.default("vectors"))
    vectors = text_vectors(bank, tuned=False, source=source)
    tracer = make_tracer("semantic-dkt", bank.q_matrix, size="small", vectors=vectors)
    tracer.network.reset()
    keep_tracer(exrec_course, tracer, bank, exrec_course.load_log(), {})
    result = export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    assert result.model.startswith("semantic-dkt/")
    import_data("exrec", [tmp_path / "out"], tmp_path / "again", ReadOptions(), still_clock)
    np.testing.assert_allclose(mastery(Course.open(tmp_path / "again")), mastery(exrec_course), atol=1e-5)


def test_vectors_of_which_none_has_a_direction_are_not_written(exrec_course, tmp_path, still_clock):
    shutil.rmtree(exrec_course.path / "models")
    silence(exrec_course, range(3), range(len(exrec_course.load_bank().concepts)))
    result = export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    assert result.vectors is None
    assert any("All vectors" in told for told in result.lost)


def test_lengths_other_than_the_root_of_the_width_are_told(exrec_course, tmp_path, still_clock):
    shutil.rmtree(exrec_course.path / "models")
    folder = exrec_course.default("vectors")
    vectors = CourseVectors.load(folder)
    vectors.concepts[:2] *= 1.5
    vectors.save(folder)
    result = export_exrec(exrec_course, tmp_path / "out", 1, still_clock)
    assert any("The lengths of 2 vectors" in told for told in result.lost)
    written = json.loads((tmp_path / "out" / "kc_emb.json").read_text())
    np.testing.assert_array_equal(np.array(list(written.values()), dtype=np.float32), vectors.concepts)


def test_concepts_that_share_a_name_are_told_apart():
    bank = Bank((Concept("a", "Sums"), Concept("b", "Sums"), Concept("c", "Circles")), ())
    written = write_bank(bank)
    assert list(written.links) == ["Sums [a]", "Sums [b]", "Circles"]
    assert [told.partition(":")[0] for told in written.lost] == ["1 names that several concepts share"]


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def banks(draw):
    names = draw(st.lists(TEXTS, min_size=1, max_size=5, unique=True))
    clusters = draw(st.lists(st.sampled_from(["", "even", "odd"]), min_size=len(names), max_size=len(names)))
    concepts = tuple(Concept(f"id:{n}", n, cluster=c) for n, c in zip(names, clusters, strict=True))
    ids = [concept.concept_id for concept in concepts]
    own = st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple)
    questions = []
    for number in range(draw(st.integers(1, 5))):
        steps = draw(st.lists(st.builds(Step, st.text(max_size=9), own), max_size=3).map(tuple))
        options = draw(st.one_of(st.just(()), st.lists(TEXTS, min_size=2, max_size=30, unique=True).map(tuple)))
        key = draw(st.sampled_from(options)) if options else draw(TEXTS)
        kind = QuestionKind.CHOICE if options else QuestionKind.TEXT
        text = draw(TEXTS)
        questions.append(Question(f"mine{number}", text, kind, key, draw(own), options=options, steps=steps))
    return Bank(concepts, tuple(questions))


@settings(max_examples=60, deadline=None)
@given(banks())
def test_any_bank_survives_the_way_there_and_back(tmp_path_factory, bank):
    folder = tmp_path_factory.mktemp("bank")
    written = write_bank(bank)
    tables = {
        "questions_translated.json": written.questions,
        "kc_questions_map.json": written.links,
        "kc_clusters.json": written.clusters,
        "cluster_to_que_ids_map.json": written.cluster_questions,
        "preceptor_ids.json": written.ids,
    }
    for name, table in tables.items():
        (folder / name).write_text(json.dumps(table))
    imported = read(folder)
    assert held(imported.bank) == held(bank)
    assert not any("another clustering" in note for note in imported.notes)
