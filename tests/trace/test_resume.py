"""Training that is killed goes on where it was; the ends are those of an undisturbed training."""

from itertools import count

import numpy as np
import pytest

from preceptor.domain import UserError
from preceptor.trace import Checkpoint, tracer_class, tracer_names
from preceptor.trace.neural import NeuralTracer

neural = pytest.mark.parametrize(
    "name", [name for name in tracer_names() if issubclass(tracer_class(name), NeuralTracer)]
)


class _KilledError(Exception):
    pass


def _kill_after(epochs):
    def progress(what, done, total):
        if done == epochs:
            raise _KilledError

    return progress


@neural
def test_a_killed_training_resumes_to_the_same_end(name, make, train, valid, test_log, clock, tmp_path):
    undisturbed, killed, resumed = (make(name, epochs=4) for _ in range(3))
    whole = undisturbed.fit(train, valid, seed=1, clock=clock)
    file = tmp_path / "left" / "checkpoint.pt"
    with pytest.raises(_KilledError):
        killed.fit(train, valid, seed=1, clock=clock, progress=_kill_after(2), checkpoint=Checkpoint(file, "this run"))
    seen = []
    report = resumed.fit(
        train,
        valid,
        seed=1,
        clock=clock,
        progress=lambda what, done, total: seen.append(done),
        checkpoint=Checkpoint(file, "this run", resume=True),
    )
    assert seen == [3, 4]
    assert report.valid_log_loss == pytest.approx(whole.valid_log_loss, abs=1e-6)
    assert report.best_epoch == whole.best_epoch
    np.testing.assert_allclose(resumed.score(test_log), undisturbed.score(test_log), atol=1e-6, rtol=0)


def test_the_time_of_a_resumed_training_includes_what_was_spent_before_the_kill(make, train, valid, tmp_path):
    """Every look at the clock takes a second, so that passes do too; the rate would be too high without them."""
    file = tmp_path / "checkpoint.pt"
    whole = make("dkt", epochs=4).fit(train, valid, seed=1, clock=count(0.0).__next__)
    with pytest.raises(_KilledError):
        make("dkt", epochs=4).fit(
            train, valid, seed=1, clock=count(0.0).__next__, progress=_kill_after(3), checkpoint=Checkpoint(file, "a")
        )
    resumed = make("dkt", epochs=4).fit(
        train, valid, seed=1, clock=count(50.0).__next__, checkpoint=Checkpoint(file, "a", resume=True)
    )
    assert resumed.seconds == whole.seconds > 4


def test_without_resume_a_left_over_is_ignored_and_replaced(make, train, valid, clock, tmp_path):
    file = tmp_path / "checkpoint.pt"
    make("dkt", epochs=2).fit(train, valid, seed=1, clock=clock, checkpoint=Checkpoint(file, "a"))
    seen = []
    make("dkt", epochs=2).fit(
        train, valid, seed=1, clock=clock, progress=lambda *done: seen.append(done[1]), checkpoint=Checkpoint(file, "a")
    )
    assert seen == [1, 2]


def test_a_checkpoint_of_other_data_or_options_is_refused(make, train, valid, clock, tmp_path):
    file = tmp_path / "checkpoint.pt"
    make("dkt", epochs=1).fit(train, valid, seed=1, clock=clock, checkpoint=Checkpoint(file, "a"))
    with pytest.raises(UserError, match="other data, with other options or by another version"):
        make("dkt").fit(train, valid, seed=1, clock=clock, checkpoint=Checkpoint(file, "b", resume=True))


def test_a_damaged_checkpoint_is_told_not_swallowed(make, train, valid, clock, tmp_path):
    file = tmp_path / "checkpoint.pt"
    make("dkt", epochs=1).fit(train, valid, seed=1, clock=clock, checkpoint=Checkpoint(file, "a"))
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(UserError, match="is no checkpoint"):
        make("dkt").fit(train, valid, seed=1, clock=clock, checkpoint=Checkpoint(file, "a", resume=True))
    assert not file.with_suffix(".draft").exists()
