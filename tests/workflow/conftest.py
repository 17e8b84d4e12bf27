import hashlib
import itertools
import shutil
from contextlib import contextmanager
from functools import cache

import pytest

from preceptor.embed import LexicalEncoder
from preceptor.workflow.classroom import Classroom


@contextmanager
def opened(path, policy=None):
    classroom = Classroom.open(path, policy)
    try:
        yield classroom
    finally:
        classroom.close()


@pytest.fixture(scope="session")
def fits_end_early():
    """Within, fits of forgetting end early: these tests ask where a fit goes, not how good it is."""

    @contextmanager
    def patched():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("preceptor.forgetting.fit.STEPS", 4)
            yield

    return patched


@pytest.fixture(autouse=True)
def short_fit(fits_end_early):
    with fits_end_early():
        yield


@pytest.fixture(scope="session")
def fitted_encoder():
    return cache(lambda *texts: LexicalEncoder().fit(texts))


@pytest.fixture(autouse=True)
def encoders_are_shared(monkeypatch, fitted_encoder):
    """Classrooms of equal texts share their encoder, which takes a second to fit and does not change afterwards."""
    monkeypatch.setattr("preceptor.workflow.remembering.make_encoder", lambda name, texts: fitted_encoder(*texts))


@pytest.fixture(scope="session")
def learned(semantic_course, still_clock, tmp_path_factory):
    """A course that has learned a policy for "practiced", and what training said; pristine."""
    from preceptor.course import Course
    from preceptor.workflow.policies import train_policy
    from preceptor.workflow.policy_options import PolicyOptions

    course = Course.open(shutil.copytree(semantic_course, tmp_path_factory.mktemp("learned") / "course"))
    options = PolicyOptions("practiced", "ddpg", transitions=600, updates=30, horizon=5)
    return course, train_policy(course, options, still_clock, lambda what, done, total: None)


@pytest.fixture
def open_classroom():
    """Opens a course as a classroom and closes it afterwards."""
    return opened


@pytest.fixture
def classroom(course_copy):
    with opened(course_copy) as found:
        yield found


@pytest.fixture(params=["small_course", "earth_course"])
def copy_of_either(request, tmp_path):
    """A copy of a course of mathematics, or of one without any; a session has to be the same on both."""
    return shutil.copytree(request.getfixturevalue(request.param), tmp_path / "course")


@pytest.fixture
def key_of():
    """The key of a question, which no view shows before it is answered."""
    return lambda classroom, question_id: classroom._context.question(question_id).key


@pytest.fixture
def strict_kind():
    """A kind of which a course has questions and whose answers may be unreadable."""

    def find(classroom):
        kinds = {question.kind.value for question in classroom._context.bank.questions}
        return "number" if "number" in kinds else "choice"

    return find


@pytest.fixture
def wrong_answer():
    """A readable answer to a question that is not right."""

    def find(classroom, question_id):
        question = classroom._context.question(question_id)
        unit = question.key.partition(" ")[2]
        by_kind = {
            "choice": next((option for option in question.options if option != question.key), ""),
            "order": ", ".join(question.options),
            "text": "something else",
            "quantity": f"987654 {unit}",
            "solutions": "{(987654, 1)}" if "(" in question.key else "987654",
        }
        symbolic = question.kind.value in ("expression", "equation")
        return by_kind.get(question.kind.value, "x + 987654" if symbolic else "987654")

    return find


@pytest.fixture
def answer_next(key_of):
    """Answers the waiting question, rightly unless told otherwise."""
    keys = (f"key-{number}" for number in itertools.count())

    def answer(classroom, student_id, at_seconds, response=None, **options):
        question_id = classroom.next(student_id, at_seconds).question.question_id
        response = key_of(classroom, question_id) if response is None else response
        options.setdefault("idempotency_key", next(keys))
        return classroom.answer(student_id, question_id, response, at_seconds=at_seconds, **options)

    return answer


@pytest.fixture
def quiet():
    """Progress that nobody watches."""
    return lambda what, done, total: None


def tree_hash(folder):
    """Hash of every file's name and content, so that any change shows."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def fingerprint():
    return tree_hash


@pytest.fixture(scope="session")
def lab_course(tmp_path_factory, still_clock, now, fits_end_early):
    """A small simulated course with a trained model, for tutor experiments; nobody changes it."""
    from preceptor.progress import silent
    from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    path = tmp_path_factory.mktemp("lab") / "course"
    course = make_built_in_course(path, BuiltInOptions(students=30, days=20), now)
    with fits_end_early():
        train(course, TrainOptions(model="history"), still_clock, silent)
    return course
