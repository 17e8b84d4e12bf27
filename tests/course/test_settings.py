import pytest

from preceptor.course import Course, Settings
from preceptor.domain import UserError


@pytest.fixture
def settings():
    stored = {"seed": 3, "rate": 1, "model": "dkt", "fast": True}
    return Settings(stored, {"PRECEPTOR_MODEL": "akt", "PRECEPTOR_FAST": "FALSE", "PRECEPTOR_KEY": "hidden"})


def test_flag_then_environment_then_file_then_default(settings):
    assert settings.resolve("model", "history", flag="mlp") == "mlp"
    assert settings.resolve("model", "history") == "akt"
    assert settings.resolve("seed", 0) == 3
    assert settings.resolve("absent", 1.5) == 1.5


def test_a_falsy_flag_is_still_said(settings):
    assert settings.resolve("seed", 1, flag=0) == 0
    assert settings.resolve("fast", True, flag=False) is False


def test_values_take_the_type_of_the_default(settings):
    rate = settings.resolve("rate", 0.5)
    assert rate == 1.0
    assert isinstance(rate, float)
    assert settings.resolve("fast", True) is False


@pytest.mark.parametrize(("text", "default"), [("x", 1), ("1.5", 1), ("maybe", True), ("x", 0.5)])
def test_a_wrong_environment_value_is_told(text, default):
    with pytest.raises(UserError, match="PRECEPTOR_A"):
        Settings({}, {"PRECEPTOR_A": text}).resolve("a", default)


@pytest.mark.parametrize(("value", "default"), [("1", 1), (True, 1), (1, True), (1, "x"), (1.5, 1)])
def test_a_wrong_stored_value_is_told(value, default):
    with pytest.raises(UserError, match=r"course\.toml"):
        Settings({"a": value}, {}).resolve("a", default)


def test_a_course_reads_its_own_table(tmp_path, monkeypatch):
    course = Course.create(tmp_path / "c", "x")
    with (course.path / "course.toml").open("a") as file:
        file.write('model = "dkt"\n')
    assert Course.open(course.path).settings.resolve("model", "history") == "dkt"
    monkeypatch.setenv("PRECEPTOR_MODEL", "other")
    assert Course.open(course.path).settings.resolve("model", "history") == "other"
