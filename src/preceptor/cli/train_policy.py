"""`preceptor train-policy`."""

from typing import Annotated

import typer
from rich.console import Console

from preceptor.cli.main import INTERRUPTED
from preceptor.cli.options import CoursePath, Device, Json, Seed, band_of
from preceptor.cli.output import emit, progress, say, table, with_interval
from preceptor.course import Course
from preceptor.recommend import objective_names
from preceptor.recommend.environment_checks import REWARDS
from preceptor.recommend.learned.settings import ALGORITHMS, CRITICS, PRESETS
from preceptor.workflow.clock import system_clock
from preceptor.workflow.policies import is_left_over, train_policy
from preceptor.workflow.policy_options import BANKS, HORIZON, PolicyOptions, PolicyResult
from preceptor.workflow.policy_teaching import TEACHERS


def run(
    course: CoursePath,
    objective: Annotated[str, typer.Option(help=f"One of: {', '.join(objective_names())}.")] = "weakest",
    algorithm: Annotated[str, typer.Option(help=f"One of: {', '.join(ALGORITHMS)}.")] = "ddpg",
    critic: Annotated[
        str, typer.Option(help=f"{' or '.join(CRITICS)}: a network of its own, or a copy of the tracer.")
    ] = "plain",
    preset: Annotated[str, typer.Option(help=f"{' or '.join(PRESETS)}: our numbers, or the published ones.")] = "tuned",
    bank: Annotated[
        str, typer.Option(help=f"{' or '.join(BANKS)}: all questions, or none that `annotate --extend` made.")
    ] = "extended",
    transitions: Annotated[
        int | None, typer.Option(help="Answers to collect in all; the preset's unless given.")
    ] = None,
    updates: Annotated[int | None, typer.Option(help="Gradient steps in all; the preset's unless given.")] = None,
    tau: Annotated[float | None, typer.Option(help="How far target networks follow in an update.")] = None,
    gamma: Annotated[float | None, typer.Option(help="Discount of later rewards.")] = None,
    alpha: Annotated[float | None, typer.Option(help="Weight of the entropy; learned unless given (`tuned`).")] = None,
    deterministic_eval: Annotated[
        bool, typer.Option(help="Measure and serve a policy that samples by its mode.")
    ] = True,
    patience: Annotated[int, typer.Option(help="Epochs without a better one before it ends; 0: never.")] = 0,
    horizon: Annotated[int, typer.Option(help="Answers of an episode, unless sittings say how many.")] = HORIZON,
    history: Annotated[int, typer.Option(help="Most answers of each student before an episode.")] = 100,
    no_repeats: Annotated[bool, typer.Option("--no-repeats", help="No question twice in an episode.")] = False,
    prerequisites: Annotated[
        float | None, typer.Option(metavar="P", help="Mastery that the prerequisites of what is asked must have.")
    ] = None,
    difficulty: Annotated[
        str, typer.Option(metavar="LOW,HIGH", help="P(correct) of what may be asked, for example 0.5,0.9.")
    ] = "",
    minutes_per_day: Annotated[
        float | None, typer.Option(help="Length of a daily sitting: time passes, and what is learned fades.")
    ] = None,
    days: Annotated[int | None, typer.Option(help="Daily sittings, the first one a day after the last answer.")] = None,
    horizon_days: Annotated[
        float | None, typer.Option(help="Days after the last answer on which the objective is judged.")
    ] = None,
    teacher: Annotated[
        str, typer.Option(help=f"{' or '.join(TEACHERS)}: learn what it chooses before learning from trials.")
    ] = "",
    reward: Annotated[
        str, typer.Option(help=f"{' or '.join(REWARDS)}: after every answer, or all of it after the last.")
    ] = "dense",
    device: Device = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")] = False,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Train a policy that chooses questions, by reinforcement learning on the tracer.

    Training students are played by the tracer, the best policy is chosen on the validation students, and what is told
    is measured on the test students. Needs the extra `rl`; a trained policy serves without.
    """
    options = PolicyOptions(
        objective, algorithm, critic, preset, bank, transitions, updates, tau, gamma, alpha, deterministic_eval,
        patience, horizon, history, seed, device, resume,
        no_repeats, prerequisites, band_of(difficulty), minutes_per_day, days, horizon_days,
        teacher, reward,
    )  # fmt: skip
    opened = Course.open(course)
    try:
        with progress(json_output) as report:
            result = train_policy(opened, options, system_clock(), report)
    except KeyboardInterrupt as stopped:
        goes_on = is_left_over(opened, options)
        kept = "--resume goes on after the last epoch" if goes_on else "no epoch was over, and nothing is kept"
        say(f"Interrupted: {kept}.", err=True)
        raise typer.Exit(INTERRUPTED) from stopped
    emit(result.to_dict(), json_output, lambda out: _render(out, result))


def _render(out: Console, result: PolicyResult) -> None:
    asked = result.options
    kind = "simulated test students" if result.simulated else "test students"
    drawn = table(
        f"Improvement of {asked.objective} in {asked.horizon} answers, {kind}", "", "mean (95 %)", "of what is possible"
    )
    policy = f"{asked.algorithm}, {asked.critic} critic"
    for name, found in ((policy, result.improvement), *result.baselines.items()):
        told = found.to_dict()
        drawn.add_row(name, with_interval(told), f"{found.percent_of_bound:z.1f} %")
    out.print(drawn)
    out.print(f"Over random questions: {with_interval(result.to_dict()['gain_over_random'])}.")
    training = result.training
    out.print(
        f"{training['transitions']:,} answers and {training['updates']:,} updates in {training['seconds']:.1f} s, "
        f"validation {training['validation_seconds']:.1f} s; the best of {training['epochs']} epochs was "
        f"{training['best_epoch']}."
    )
    out.print("The judge is the tracer it was trained on, which it may have learned to please: `evaluate policy`.")
    out.print(f"Policy: {result.policy}. Run: {result.run}")
