"""Options of `preceptor annotate --annotator model`, and what it shows before and after."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.output import say, table
from preceptor.domain import UserError

if TYPE_CHECKING:
    from preceptor.annotate.forecasting import Forecast

ModelUrl = Annotated[
    str, typer.Option("--model-url", metavar="URL", help="`model`: base of an OpenAI-compatible API, to be asked.")
]
ModelName = Annotated[str, typer.Option("--model", metavar="NAME", help="`model`: the model's name there.")]
Concurrency = Annotated[int | None, typer.Option(help="`model`: requests under way at once.", show_default="4")]
Rate = Annotated[
    float | None,
    typer.Option("--requests-per-minute", help="`model`: no more are begun in a minute.", show_default="all"),
]
Timeout = Annotated[
    float | None, typer.Option("--timeout-seconds", help="`model`: longest wait for an answer.", show_default="120")
]
BudgetTokens = Annotated[int | None, typer.Option(help="`model`: tokens to spend at most.", show_default="no limit")]
BudgetMoney = Annotated[float | None, typer.Option(help="`model`: money to spend at most.", show_default="no limit")]
PriceIn = Annotated[float | None, typer.Option(help="`model`: price of a million tokens read.", show_default="0")]
PriceOut = Annotated[float | None, typer.Option(help="`model`: price of a million tokens written.", show_default="0")]
Extend = Annotated[int, typer.Option(min=0, help="`model`: questions to make three variations of, if their keys hold.")]
Yes = Annotated[bool, typer.Option("--yes", help="`model`: ask without showing the forecast for confirmation.")]


class Agreement:
    """Shows what asking will take and lets the user decide.

    Args:
        yes: Whether the user has agreed already.
    """

    def __init__(self, yes: bool) -> None:
        self._yes = yes

    def __call__(self, expected: "Forecast") -> None:
        """Show the forecast on standard error; ask on a terminal.

        Raises:
            Exit: If the user does not agree.
            UserError: If nobody can be asked.
        """
        say(in_words(expected), err=True)
        if self._yes or not expected.requests:
            return
        if not sys.stdin.isatty():
            raise UserError("Nobody is there to confirm this.", mend="add --yes if you agree to it")
        if not typer.confirm("Go on?", err=True):
            say("Nothing was asked.", err=True)
            raise typer.Exit


def in_words(expected: "Forecast") -> str:
    """A forecast in one or two sentences."""
    if not expected.requests:
        return "Every answer is kept from an earlier run, or was begun by it."
    told = (
        f"{expected.questions:,} questions, about {expected.requests:,} requests: about {expected.input_tokens:,} "
        f"tokens to read and {expected.output_tokens:,} to write, and never more than {expected.most_tokens:,} in all"
    )
    return f"{told}; about {expected.money:.2f} of money." if expected.money else f"{told}."


def render_asked(out: Console, asked: dict[str, Any], failed: list[dict[str, Any]]) -> None:
    """Draw what asking took, and what failed and why."""
    if failed:
        failures = table("What failed, and why", "question", "stage", "kind", "detail")
        for row in failed:
            failures.add_row(*(row[part] for part in ("question_id", "stage", "kind", "detail")))
        out.print(failures)
    drawn = table(f"Asked {asked['model']} at {asked['url']}", "", "answers", "tokens read", "tokens written", "money")
    for name in ("paid", "reused"):
        row = asked[name]
        figures = [f"{row[part]:,}" for part in ("answers", "input_tokens", "output_tokens")]
        drawn.add_row({"paid": "paid now", "reused": "kept from before"}[name], *figures, f"{row['money']:.2f}")
    out.print(drawn)
    repeated = ", ".join(f"{count} for {kind}" for kind, count in asked["requests_repeated"].items())
    out.print(f"{asked['requests_sent']:,} requests sent" + (f", repeated: {repeated}." if repeated else "."))
