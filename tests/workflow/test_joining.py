"""Questions and KCs that join after training: what the model knows of them, in service as in the evaluation."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import Concept, UserError
from preceptor.embed import BankTexts, CourseVectors, LexicalEncoder
from preceptor.trace import Answers, QuestionVectors, load_tracer, make_tracer
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.joining import fitted_before, joined_vectors, without
from preceptor.workflow.model_files import ENCODER_FOLDER
from preceptor.workflow.models import load_trained
from preceptor.workflow.tracing import TracerOptions
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.vectors import lexical_vectors, shared_sources, source_before, text_vectors

UNTIMED = np.array([np.nan])
TEXT = TracerOptions("semantic-dkt", size="small")


@pytest.fixture(scope="module")
def served(small_course, tmp_path_factory, still_clock, fits_end_early):
    """A course whose model knows questions by their texts; tests only read it."""
    path = shutil.copytree(small_course, tmp_path_factory.mktemp("joining") / "course")
    course = Course.open(path)
    course.replace(log=course.load_log().of_students(range(24)))
    with fits_end_early():
        train(course, TrainOptions("semantic-dkt", size="small"), still_clock, lambda what, done, total: None)
    return course


@pytest.fixture
def bank(served):
    return served.load_bank()


@pytest.fixture
def grown(bank):
    """The bank with one more question on a known KC."""
    question = replace(bank.questions[0], question_id="joined", text="Add the fractions $1/3$ and $1/4$.", steps=())
    return replace(bank, questions=(bank.questions[5], question, *bank.questions[:5], *bank.questions[6:]))


@pytest.fixture
def renamed(bank):
    """The bank with one more KC and a question on it."""
    concept = Concept("new-kc", "Subtract decimals with unlike places")
    question = replace(
        bank.questions[0], question_id="joined", text="Subtract $0.75$ from $3.1$.", concepts=("new-kc",)
    )
    return replace(bank, concepts=(concept, *bank.concepts), questions=(*bank.questions, question))


def predicted(tracer, question_ids, answered):
    state = tracer.initial(1)
    index = tracer.q_matrix.question_index
    for question_id in answered:
        state = tracer.update(state, Answers.untimed(np.array([index[question_id]]), np.ones(1)))
    return tracer.predict(state, np.array([[index[question_id] for question_id in question_ids]]), UNTIMED)[0]


def test_a_joined_question_is_predicted_as_by_a_model_that_knew_its_vector(served, grown):
    """The reference is made of all vectors at once and the trained network; the other was saved before and grew."""
    folder = served.default("models")
    encoder = LexicalEncoder.load(folder / ENCODER_FOLDER)
    knew = make_tracer("semantic-dkt", grown.q_matrix, size="small", vectors=text_vectors(grown, False, None, encoder))
    trained = load_tracer(folder, served.load_bank().q_matrix).weights()
    knew.set_weights(trained | {name: knew.weights()[name] for name in ("question_vectors", "concept_vectors")})
    found = load_trained(served, grown).model.tracer
    asked, answered = ["joined", *found.q_matrix.question_ids[2:6]], ["joined", found.q_matrix.question_ids[3]]
    for history in ([], answered):
        np.testing.assert_allclose(predicted(found, asked, history), predicted(knew, asked, history), atol=1e-6)


def test_the_vector_of_a_joined_question_is_not_the_mean(served, grown):
    found = load_trained(served, grown).model.tracer.weights()["question_vectors"]
    mean = load_tracer(served.default("models"), grown.q_matrix).weights()["question_vectors"]
    assert np.abs(found[1] - mean[1]).max() > 0.1
    assert np.array_equal(np.delete(found, 1, axis=0), np.delete(mean, 1, axis=0))


def test_a_joined_concept_is_known_by_its_name(served, renamed):
    found = load_trained(served, renamed)
    encoder = LexicalEncoder.load(served.default("models") / ENCODER_FOLDER)
    own = text_vectors(renamed, False, None, encoder)
    weights = found.model.tracer.weights()
    np.testing.assert_allclose(weights["concept_vectors"][0], own.concepts[0], atol=1e-5)
    np.testing.assert_allclose(weights["question_vectors"][-1], own.questions[-1], atol=1e-5)


def test_a_course_with_a_joined_concept_is_served(served, renamed, now):
    found = load_trained(served, renamed)
    before = load_trained(served, served.load_bank())
    minds = found.model.initial(1)
    recall = found.model.recall(minds, np.array([now]))
    assert recall.shape == (1, len(renamed.concepts))
    np.testing.assert_allclose(recall[0, 1:], before.model.recall(before.model.initial(1), np.array([now]))[0])
    assert found.model.curve.base[0] == pytest.approx(before.model.curve.base.mean())
    for objective in found.objectives.values():
        assert objective.weights(minds, recall).sum() == pytest.approx(1)


def test_nothing_is_encoded_where_nothing_joined(served, bank):
    assert joined_vectors(served, served.default("models"), bank) is None


def test_a_model_that_reads_no_texts_keeps_no_encoder(small_course, grown):
    course = Course.open(small_course)
    assert not (course.default("models") / ENCODER_FOLDER).exists()
    assert joined_vectors(course, course.default("models"), grown) is None


def test_a_damaged_encoder_is_told(served, grown, tmp_path):
    folder = shutil.copytree(served.default("models"), tmp_path / "model")
    (folder / ENCODER_FOLDER / "weights.safetensors").write_bytes(b"")
    with pytest.raises(UserError, match="holds no encoder"):
        joined_vectors(served, folder, grown)


def test_vectors_of_another_width_are_refused(served, grown):
    narrow = QuestionVectors.blank(len(grown.questions), len(grown.concepts), 3, tuned=False)
    with pytest.raises(UserError, match="and those given have 3"):
        load_tracer(served.default("models"), grown.q_matrix, narrow)


def test_a_bank_before_some_questions_joined_has_neither_them_nor_what_they_alone_exercise(renamed):
    before = without(renamed, np.array([len(renamed.questions) - 1]))
    assert "joined" not in before.question
    assert "new-kc" not in before.concept
    assert len(before.concepts) == len(renamed.concepts) - 1
    assert without(renamed, np.array([0])).concepts == renamed.concepts


def no_fit(tracer):
    return None


def test_what_joins_an_id_model_gets_the_mean_of_the_trained_rows(renamed):
    unseen = np.array([len(renamed.questions) - 1])
    tracer, _ = fitted_before(TracerOptions("dkt", questions="embedding", size="small"), renamed, unseen, no_fit)
    weights = tracer.weights()
    np.testing.assert_allclose(weights["terms.vector"][-1], weights["terms.vector"][:-1].mean(axis=0), atol=1e-6)
    for name in ("right", "wrong", "head.weight", "head.bias"):
        np.testing.assert_allclose(weights[name][0], weights[name][1:].mean(axis=0), atol=1e-6)


def test_the_encoder_of_a_model_has_not_read_what_joins_later(renamed, monkeypatch):
    read = []
    fit = LexicalEncoder.fit
    monkeypatch.setattr(LexicalEncoder, "fit", lambda self, texts: (read.extend(texts), fit(self, texts))[1])
    tracer, _ = fitted_before(TEXT, renamed, np.array([len(renamed.questions) - 1]), no_fit)
    assert renamed.questions[0].text in read
    assert not {renamed.questions[-1].text, renamed.concepts[0].name} & set(read)
    assert np.linalg.norm(tracer.weights()["question_vectors"][-1]) > 0


def test_a_fit_before_growing_equals_a_fit_that_is_saved_and_loaded(renamed, tmp_path):
    unseen = np.array([3, len(renamed.questions) - 1])
    tracer, _ = fitted_before(TracerOptions("dkt", questions="embedding", size="small"), renamed, unseen,
                              lambda fitted: fitted.save(tmp_path))  # fmt: skip
    assert len(json.loads((tmp_path / "config.json").read_text())["questions"]) == len(renamed.questions) - 2
    loaded = load_tracer(tmp_path, renamed.q_matrix)
    assert loaded.version == tracer.version


def with_vectors(course, bank, encoder, key, tuned=False):
    """Vectors of the course as `preceptor embed` leaves them; of a question, its text's length."""
    texts = BankTexts.of(bank)
    rows = np.array([[1.0, len(text), i % 7] for i, text in enumerate(texts.every)], dtype=np.float32)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    made = CourseVectors.of(texts, texts.split(unit), encoder, tuned, key)
    run_id = f"{made.content[:12]}-{key}"
    with course.new_run_folder("vectors", encoder, run_id) as folder:
        made.save(folder)
    course.set_default("vectors", encoder, run_id)
    return made


@pytest.mark.parametrize(
    ("before", "after", "taken"),
    [("k1", "k1", True), ("k1", "k2", False), ("", "", False), ("k1", "", False), ("", "k1", False)],
)
def test_a_question_that_joins_has_the_course_s_vector_where_an_encoder_of_the_same_key_made_it(
    small_course, grown, tmp_path, still_clock, fits_end_early, before, after, taken
):
    """One name in all: it is the key that says whether vectors stand in one space, and none says that they do not."""
    course = Course.open(shutil.copytree(small_course, tmp_path / "course"))
    bank = course.load_bank()
    course.replace(log=course.load_log().of_students(range(24)))
    with_vectors(course, bank, "sentences", before)
    with fits_end_early():
        train(course, TrainOptions("semantic-dkt", size="small"), still_clock, lambda what, done, total: None)
    assert not (course.default("models") / ENCODER_FOLDER).exists()
    course.replace(grown)
    now = with_vectors(course, grown, "sentences", after)
    found = joined_vectors(course, course.default("models"), grown)
    if not taken:
        assert found is None
        return
    row = now.question_ids.index("joined")
    np.testing.assert_array_equal(found.questions[row], now.questions[row])
    tracer = load_trained(course, grown).model.tracer
    np.testing.assert_allclose(tracer.network.question_vectors[row], now.questions[row], rtol=1e-5)


def test_what_read_the_future_s_texts_is_no_source_of_the_past(bank):
    before = without(bank, np.array([3]))
    stored = lexical_vectors(bank)
    assert isinstance(source_before(stored, before), LexicalEncoder)
    assert isinstance(source_before(None, before), LexicalEncoder)
    assert isinstance(source_before(replace(stored, encoder="a fitted plug-in"), before), LexicalEncoder)
    keyed = replace(stored, encoder="sentences", key="k1")
    assert source_before(keyed, before).encoder == "sentences"
    np.testing.assert_array_equal(
        text_vectors(before, False, source=keyed).questions,
        np.delete(stored.questions, 3, axis=0),
    )


def test_after_lexical_embedding_what_joins_is_read_by_the_encoder_that_the_model_was_trained_with(
    small_course, grown, tmp_path, still_clock, fits_end_early, quiet
):
    """Before the course is embedded again and after: the encoder fitted anew then has another space."""
    course = Course.open(shutil.copytree(small_course, tmp_path / "course"))
    course.replace(log=course.load_log().of_students(range(24)))
    embed(course, EmbedOptions("lexical"), still_clock, quiet)
    encoder = LexicalEncoder.load(course.default("vectors") / ENCODER_FOLDER)
    with fits_end_early():
        train(course, TrainOptions("semantic-dkt", size="small"), still_clock, quiet)
    course.replace(grown)
    expected = text_vectors(grown, False, source=encoder).questions[1]
    for again in (False, True):
        if again:
            embed(course, EmbedOptions("lexical"), still_clock, quiet)
        found = joined_vectors(course, course.default("models"), grown)
        np.testing.assert_allclose(found.questions[1], expected, atol=1e-5)
        weights = load_trained(course, grown).model.tracer.weights()
        np.testing.assert_allclose(weights["question_vectors"][1], expected, atol=1e-5)


@pytest.mark.parametrize(("keys", "shared"), [(("k1", "k1"), True), (("k1", "k2"), False), (("", ""), False)])
def test_vectors_of_two_courses_are_shared_by_key_alone(small_course, bank, renamed, tmp_path, keys, shared):
    own, other = (Course.open(shutil.copytree(small_course, tmp_path / name)) for name in ("own", "other"))
    other.replace(renamed)
    made = [
        with_vectors(course, texts, "sentences", key)
        for course, texts, key in zip((own, other), (bank, renamed), keys, strict=True)
    ]
    found = shared_sources(own, bank, other, renamed)
    assert all(isinstance(source, CourseVectors) for source in found) == shared
    assert not shared or [source.content for source in found] == [one.content for one in made]


def test_vectors_of_older_versions_have_no_key(bank, tmp_path):
    replace(lexical_vectors(bank), key="k1").save(tmp_path)
    assert CourseVectors.load(tmp_path).key == "k1"
    config = json.loads((tmp_path / "config.json").read_text())
    del config["key"]
    (tmp_path / "config.json").write_text(json.dumps(config))
    assert CourseVectors.load(tmp_path).key == ""
