"""`preceptor train`: what it says of a training that was interrupted."""

from preceptor.course import Course
from preceptor.workflow.training import TrainOptions, training_checkpoint


def test_a_left_over_checkpoint_is_told_and_removed_by_a_finished_training(cli, course_copy):
    course = Course.open(course_copy)
    left = training_checkpoint(course, TrainOptions(model="history"))
    left.save({"history": {"losses": [0.6, 0.5]}})
    shown = cli("train", course_copy, "--model", "history")
    assert shown.code == 0
    assert "interrupted after epoch 2: --resume goes on" in shown.err
    assert not left.path.exists()
    assert "interrupted" not in cli("train", course_copy, "--model", "history", "--resume").err


def test_resume_with_other_options_is_refused(refused, course_copy):
    left = training_checkpoint(Course.open(course_copy), TrainOptions(size="small", seed=1))
    left.save({"history": {"losses": [0.6]}})
    said = refused("train", course_copy, "--size", "small", "--seed", 2, "--resume")
    assert "with other options" in said
    assert "train without --resume" in said


def test_inputs_that_were_left_out_are_told(cli, course_copy):
    plain = cli("train", course_copy, "--size", "small")
    assert "--questions embedding predicts better" in plain.out
    found = cli("train", course_copy, "--size", "small", "--questions", "difficulty", "--json").json()
    assert "question ids" not in found["left_out"]
