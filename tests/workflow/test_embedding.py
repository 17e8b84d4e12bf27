"""`embed`: what is encoded, kept and used afterwards."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course, runs
from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, Step, UserError
from preceptor.embed import registry, sentence
from preceptor.workflow import embedding
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.tracing import TracerOptions, build_tracer
from preceptor.workflow.tracing_evaluation import evaluate_tracing
from preceptor.workflow.tracing_options import TracingOptions
from preceptor.workflow.training import train, training_checkpoint
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.vectors import VectorsUsed, course_vectors, lexical_vectors, require_untuned, text_vectors

KINDS = {
    "sum": "add plus total",
    "area": "rectangle side wide",
    "half": "halve split share",
    "angle": "turn corner degree",
}
FILLER = ("apple", "river", "house", "train", "music", "paper", "table", "stone", "cloud", "glass", "bread", "horse")


def make_bank(questions=160):
    rng = np.random.default_rng(2)
    concepts = tuple(Concept(name, f"The {name}", cluster=name) for name in KINDS)
    made = []
    for i in range(questions):
        name = list(KINDS)[i % 4]
        words = [*rng.choice(KINDS[name].split(), size=1), *rng.choice(FILLER, size=4)]
        step = Step(f"Think of {rng.choice(KINDS[name].split())}", (name,))
        made.append(Question(f"q{i}", " ".join(words), QuestionKind.NUMBER, "1", (name,), steps=(step,)))
    return Bank(concepts, tuple(made))


def make_log(bank, students=25, answers=12):
    rng, n = np.random.default_rng(1), students * answers
    return Log.of(
        [f"s{i}" for i in range(students)], bank.q_matrix.question_ids, student=np.repeat(np.arange(students), answers),
        question=rng.integers(len(bank.questions), size=n), correct=rng.integers(2, size=n),
        event_id=np.arange(n).astype("S20"), revision=np.full(n, b"r"),
    )  # fmt: skip


class Counting:
    """An encoder that knows words by hash and counts the texts it is asked."""

    key = "counting"
    asked = 0

    def encode(self, texts):
        self.asked += len(texts)
        table = np.random.default_rng(0).normal(size=(97, 24))
        rows = [table[[sum(map(ord, word)) % 97 for word in text.split()]].sum(axis=0) for text in texts]
        found = np.array(rows, dtype=np.float32).reshape(len(texts), 24)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


@pytest.fixture
def counting(monkeypatch):
    encoder = Counting()
    monkeypatch.setattr(embedding, "make_encoder", lambda *given: encoder)
    return encoder


@pytest.fixture
def course(tmp_path):
    made = Course.create(tmp_path / "course", "Course")
    bank = make_bank()
    made.replace(bank=bank, log=make_log(bank))
    return made


@pytest.fixture
def run(still_clock, quiet):
    return lambda course, **options: embed(
        course, EmbedOptions(**{"encoder": "lexical", **options}), still_clock, quiet
    )


def test_the_vectors_are_the_course_s_until_its_texts_change(course, run):
    bank = course.load_bank()
    assert course_vectors(course, bank) is None
    made = run(course).vectors
    found = course_vectors(course, bank)
    np.testing.assert_array_equal(found.questions, made.questions)
    assert (found.encoder, found.tuned) == ("lexical", False)
    first = replace(bank.questions[0], text="Another text")
    assert course_vectors(course, replace(bank, questions=(first, *bank.questions[1:]))) is None


def test_a_second_run_encodes_new_texts_only(course, run, counting):
    first = run(course).metrics
    assert first["encoded"] == first["texts"] == counting.asked
    bank = course.load_bank()
    new = Question("new", "A new text", QuestionKind.NUMBER, "1", ("sum",), steps=(Step("Think of add", ("sum",)),))
    course.replace(bank=replace(bank, questions=(*bank.questions, new)))
    counting.asked = 0
    again = run(course).metrics
    assert (again["encoded"], again["kept"], counting.asked) == (1, first["texts"], 1)


def test_lexical_vectors_of_the_course_are_those_made_on_the_spot(course, run):
    np.testing.assert_allclose(run(course).vectors.questions, lexical_vectors(course.load_bank()).questions, atol=1e-5)


def test_fine_tuning_finds_held_out_questions_better(course, run, counting):
    result = run(course, fine_tune=True)
    told = result.metrics["fine_tune"]
    assert told["held_out"]["gain"]["ci95"][0] > 0
    assert told["held_out"]["before"]["mean"] + told["held_out"]["gain"]["mean"] == pytest.approx(
        told["held_out"]["after"]["mean"]
    )
    assert sum(told["questions"].values()) == 160
    assert result.vectors.tuned
    assert course_vectors(course, course.load_bank()).tuned
    assert runs(course, "embed")[0]["metrics"]["fine_tune"]["held_out"]["gain"]["mean"] > 0


def test_the_same_seed_gives_the_same_vectors(course, run, counting):
    one, same, other = (run(course, fine_tune=True, seed=seed).vectors.questions for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 1e-3


def test_an_encoder_that_no_pass_improved_stays_untuned(course, run, counting, monkeypatch):
    from preceptor.embed import head

    monkeypatch.setattr(head, "retrieve", lambda *given: type("Same", (), {"micro_f1": 0.5})())
    result = run(course, fine_tune=True)
    assert not result.vectors.tuned
    assert "untouched encoder" in result.metrics["notes"][0]


def test_without_the_extra_lexical_serves_and_says_so(course, run, monkeypatch):
    monkeypatch.setattr(sentence, "_PACKAGE", "no_such_package")
    result = run(course, encoder="")
    assert result.vectors.encoder == "lexical"
    assert "The extra 'text' is not installed" in result.metrics["notes"][0]


def test_the_setting_names_the_encoder(course, run, monkeypatch):
    monkeypatch.setattr(registry, "default_encoder", lambda: pytest.fail("not asked"))
    monkeypatch.setenv("PRECEPTOR_ENCODER", "lexical")
    assert run(Course.open(course.path), encoder="").vectors.encoder == "lexical"


def test_what_cannot_be_done_is_refused_before_anything_is_written(course, run, tmp_path):
    empty = Course.create(tmp_path / "empty", "Empty")
    with pytest.raises(UserError, match="has no texts"):
        run(empty)
    with pytest.raises(UserError, match="--full was given without --fine-tune"):
        run(course, full=True)
    unlabelled = Course.create(tmp_path / "unlabelled", "Unlabelled")
    bank = make_bank()
    unlabelled.replace(bank=Bank((), tuple(replace(q, concepts=(), steps=()) for q in bank.questions)))
    with pytest.raises(UserError, match="nothing to fine-tune on"):
        run(unlabelled, fine_tune=True)
    assert course_vectors(unlabelled, unlabelled.load_bank()) is None


def test_vectors_fitted_to_labels_are_refused_where_labels_are_held_out(course, run, counting):
    require_untuned(None, "new questions")
    require_untuned(run(course).vectors, "new questions")
    with pytest.raises(UserError, match="which 'new questions' holds out"):
        require_untuned(run(course, fine_tune=True).vectors, "new questions")


def test_tracers_get_the_course_s_vectors_in_the_order_asked_for(course, run, counting):
    bank, made = course.load_bank(), run(course).vectors
    origin = np.array([3, 0, 3])
    found = text_vectors(bank, True, origin, made)
    np.testing.assert_array_equal(found.questions, made.questions[origin])
    assert (found.width, found.tuned) == (24, True)
    tracer = build_tracer(TracerOptions("semantic-dkt", "small"), bank, source=made)
    assert tracer.network.question_vectors.shape == (160, 24)


@pytest.mark.parametrize("mode", ["frozen", "tuned", "none", ""])
def test_training_says_which_vectors_it_used(course, run, counting, still_clock, quiet, monkeypatch, mode):
    monkeypatch.setattr("preceptor.trace.neural.NeuralTracer.plan_default", replace_plan())
    run(course)
    result = train(course, TrainOptions("semantic-dkt", "small", vectors=mode), still_clock, quiet)
    text = VectorsUsed(mode or "frozen", "lexical", False, True, "counting")
    assert result.vectors == (VectorsUsed("none") if mode == "none" else text)
    assert result.to_dict()["vectors"]["mode"] == (mode or "frozen")
    assert runs(course, "train")[0]["metrics"]["vectors"] == result.to_dict()["vectors"]


def test_training_says_why_the_courses_vectors_were_not_used(course, run, still_clock, quiet, monkeypatch):
    monkeypatch.setattr("preceptor.trace.neural.NeuralTracer.plan_default", replace_plan())
    run(course)
    bank = course.load_bank()
    course.replace(replace(bank, questions=(replace(bank.questions[0], text="Something new."), *bank.questions[1:])))
    used = train(course, TrainOptions("semantic-dkt", "small"), still_clock, quiet)
    assert not used.vectors.stored
    assert "preceptor embed" in used.vectors_note
    assert " 1 of " in used.vectors_note
    assert train(course, TrainOptions("semantic-dkt", "small", vectors="none"), still_clock, quiet).vectors_note == ""


def replace_plan():
    from preceptor.trace.training import TrainingPlan

    return TrainingPlan(epochs=1)


def test_an_interrupted_training_is_not_taken_up_with_other_vectors(course, run, counting):
    def key(**options):
        return training_checkpoint(course, TrainOptions("semantic-dkt", **options)).key

    before, without = key(), key(vectors="none")
    run(course)
    assert key() != before
    assert key(vectors="none") == without


def test_an_evaluation_says_which_vectors_it_used(course, run, counting, still_clock, quiet, monkeypatch):
    monkeypatch.setattr("preceptor.trace.neural.NeuralTracer.plan_default", replace_plan())
    run(course)
    options = TracingOptions(("history", "semantic-dkt:size=small"), folds=3, run_folds=(1,))
    floor, history, semantic = evaluate_tracing(course, options, still_clock, quiet).result["rows"]
    assert "vectors" not in floor
    assert history["vectors"]["mode"] == "none"
    assert semantic["vectors"] == {
        "mode": "frozen",
        "encoder": "lexical",
        "fine_tuned": False,
        "stored": True,
        "key": "counting",
    }


def test_an_evaluation_that_holds_questions_out_refuses_tuned_vectors(course, run, counting, still_clock, quiet):
    run(course, fine_tune=True)
    options = TracingOptions(("semantic-dkt:size=small",), protocol="new-questions", folds=3, run_folds=(1,))
    with pytest.raises(UserError, match="which 'new-questions' holds out"):
        evaluate_tracing(course, options, still_clock, quiet)
