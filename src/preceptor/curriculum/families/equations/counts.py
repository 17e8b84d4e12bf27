"""How many solutions an equation has."""

import random
from dataclasses import dataclass
from fractions import Fraction

from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear, product, two_people
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@dataclass(frozen=True)
class _Left:
    """The left side `factor · (x + inner) + more · x` and what it is simplified."""

    factor: int
    inner: int
    more: int

    @property
    def coefficient(self) -> int:
        return self.factor + self.more

    @property
    def constant(self) -> int:
        return self.factor * self.inner

    @property
    def values(self) -> Values:
        """The places it fills."""
        return {
            "f": self.factor, "i": self.inner, "m": self.more, "a": self.coefficient, "s": self.constant,
            "left": product(self.factor, self.inner, self.more), "simple": linear(self.coefficient, self.constant),
            "ax": linear(self.coefficient, 0),
        }  # fmt: skip


def _left(rng: random.Random, level: int, *, more: bool) -> _Left:
    """Draw a left side; x stays in it, three times or more."""
    factor = rng.randint(4, 6 + level)
    inner = rng.randint(2, 9) if level == 0 else either_sign(rng, 2, 9 + 2 * level)
    extra = rng.randint(2, 5) if more else 0
    if more and level == 2:
        factor, extra = factor + 5, rng.choice((-1, 1)) * extra
    return _Left(factor, inner, extra)


@family("solution-counts", "multi-step-equations", easiest=0.7)
def count_solutions(rng: random.Random, level: int) -> Draft:
    """Say which numbers solve an equation: none, one or all."""
    left = _left(rng, level, more=level > 0)
    case = rng.choice(("none", "all", "one"))
    a, s = left.coefficient, left.constant
    x = rng.choice((0, rng.randint(1, 5), -rng.randint(1, 5)))
    c = a - rng.choice((-1, 1)) * rng.randint(2, 3) if case == "one" else a
    d = s + (a - c) * x
    if case == "none":
        d += rng.choice((left.inner - s, either_sign(rng, 2, 9)))
    leftover = s if case == "all" else d - s
    values: Values = {
        "c": c, "d": d, "x": x, "e": a - c, "ex": linear(a - c, 0), "cx": linear(c, 0),
        "right": linear(c, d), "leftover": leftover, "diff": d - s,
        "added": Fraction(d - s, a + c), "over": Fraction(d + s, a - c) if case == "one" else 0,
    }  # fmt: skip
    key, last, hint = _SOLUTIONS[case]
    return Draft(
        values=left.values | values | two_people(rng),
        kind=QuestionKind.SOLUTIONS,
        stems=_COUNT_STEMS,
        key=key,
        check="solutions(Eq(<f> * (x + <i>) + <m> * x, <c> * x + <d>))",
        steps=(
            step("Simplify the left side: $<left> = <simple>$.", "<a>*x + <s>", "multi-step-equations"),
            *last,
        ),
        hints=(
            "Simplify both sides. Do both contain $x$ the same number of times?",
            "Collect $x$ on one side. If $x$ vanishes, look at what is left. Is that statement valid?",
            hint,
        ),
        wrong=_count_wrong(case, x),
    )


def _count_wrong(case: str, x: int) -> dict[str, str]:
    """The other solution sets that students give."""
    if case == "none":
        return {"swaps-none-and-all": "R", "mixes-zero-and-none": "{0}", "leftover-as-solution": "{<leftover>}"}
    if case == "all":
        return {"swaps-none-and-all": "{}", "mixes-zero-and-none": "{0}", "leftover-as-solution": "{<leftover>}"}
    if x == 0:
        return {"mixes-zero-and-none": "{}", "adds-constant-over": "{<over>}"}
    return {"adds-unknowns": "{<added>}", "forgets-to-divide": "{<diff>}"}


_ASKED = r" Give the solution set. Write $\{\}$ if no number works and $R$ if every number works."
_COUNT_STEMS: Stems = {
    Form.BARE: "Which numbers $x$ solve the equation $<left> = <right>$?" + _ASKED,
    Form.STORY: (
        "<name> turns a number $x$ into $<left>$. <other> turns the same number into $<right>$. Both get the same "
        "result. Which numbers can $x$ be?" + _ASKED,
        "Two computer programs work with the same number $x$. One shows $<left>$, the other shows $<right>$. "
        "For which numbers $x$ do they show the same?" + _ASKED,
    ),
    Form.TABLE: "The table shows what two number machines make of a number $x$. "
    + table(("machine A", "<left>"), ("machine B", "<right>"))
    + " For which $x$ do both give the same?"
    + _ASKED,
    Form.TRANSFER: "<name> tests the claim $<left> = <right>$ with many numbers $x$. For which numbers does it come "
    "out true?" + _ASKED,
}
_VANISHED = step("Subtract $<ax>$ from both sides. The unknown disappears: $<ax> - <ax> = 0$.", "0",
                 "solution-counts", "combine-like-terms")  # fmt: skip
_SOLUTIONS: dict[str, tuple[str, tuple[Step, ...], str]] = {
    "none": (
        "{}",
        (
            _VANISHED,
            step(r"No number makes both sides equal, because $<s> \neq <d>$. The solution set is $\{\}$.", "{}"),
        ),
        r"Both sides have $<ax>$, but $<s> \neq <d>$. So no number works: $\{\}$.",
    ),
    "all": (
        "R",
        (
            _VANISHED,
            step("What is left is true for every $x$: $<s> = <d>$. The solution set is $R$.", "R"),
        ),
        "Both sides are the same: $<left> = <right>$. So every number works: $R$.",
    ),
    "one": (
        "{<x>}",
        (
            step("The sides do not have the same number of $x$. Collect on the left: "
                 "$<ex> = <d> - <s:guarded> = <diff>$.",
                 "<e>*x = <diff>", "multi-step-equations"),
            step(r"Divide by $<e>$: $x = <diff> \div <e:guarded> = <x>$. There is one solution: $\{<x>\}$.", "{<x>}"),
        ),
        r"$<ex> = <diff>$, so $x = <x>$ is the only solution: $\{<x>\}$.",
    ),
}  # fmt: skip


@family("solution-counts", "distributive-property", easiest=0.9)
def number_for_all_or_none(rng: random.Random, level: int) -> Draft:
    """Find the number that makes an equation true for all numbers, or for none."""
    left = _left(rng, level, more=True)
    everything = rng.random() < 0.5
    other = rng.choice([n for n in range(-15, 16) if n and n != left.constant])
    values = left.values | two_people(rng) | {"other_number": other}
    right = r"<a>x + \square" if everything else r"\square x <other_number:signed>"
    expand = step("Expand and combine on the left: $<left> = <simple>$.", "<a>*x + <s>",
                  "distributive-property", "combine-like-terms")  # fmt: skip
    if everything:
        return Draft(
            values=values,
            stems=_gap_stems(right, "every number"),
            key="<s>",
            check="<f> * <i>",
            steps=(
                expand,
                step("The unknown is there $<a>$ times on both sides, so only the numbers decide.", "<a>"),
                step("Both sides have to be the same, so the number in the square is $<s>$.", "<s>"),
            ),
            hints=(
                "Every number solves an equation if both sides are the same after simplifying.",
                "Expand the parentheses on the left. Which number stands without $x$?",
                "The left side is $<simple>$, so the missing number is $<s>$.",
            ),
            wrong={
                "multiplies-first-term-only": "<i>",
                "adds-constant-over": "-(<f> * <i>)",
                "adds-factor-to-number": "<f> + <i>",
            },
        )
    return Draft(
        values=values,
        stems=_gap_stems(right, "no number"),
        key="<a>",
        check="<f> + <m>",
        steps=(
            expand,
            step(r"The numbers without $x$ are different: $<s> \neq <other_number>$.", "<s>"),
            step("No number works if $x$ disappears. So it has to be on the right as often as on the left: "
                 "$<a>$ times.",
                 "<a>"),
        ),
        hints=(
            "No number solves an equation if $x$ disappears and the numbers left over are different.",
            "Simplify the left side. How often is $x$ there?",
            "The left side is $<simple>$, so $x$ has to be there $<a>$ times on the right as well.",
        ),
        wrong={
            "overlooks-second-term": "<f>",
            "mixes-zero-and-none": "0",
            "adds-unknowns": "-(<f> + <m>)",
        },
    )  # fmt: skip


def _gap_stems(right: str, whom: str) -> dict[Form, str | tuple[str, ...]]:
    """The stems around the right side with a gap; `whom` says who solves the equation."""
    return {
        Form.BARE: f"Which number has to replace the square so that {whom} solves $<left> = {right}$?",
        Form.STORY: (
            f"<name> writes an equation for <other> with one number hidden: $<left> = {right}$. It is true for {whom}. "
            "Which number is hidden?",
            f"A page of a workbook has a wet spot: $<left> = {right}$. The answer below says that {whom} solves the "
            "equation. Which number was under the spot?",
        ),
        Form.TABLE: "The table shows what two number machines make of a number $x$. "
        + table(("machine A", "<left>"), ("machine B", right))
        + f" They give the same result for {whom}. Which number belongs in the square?",
        Form.TRANSFER: f"<name> is building an equation and has $<left>$ on one side and ${right}$ on the other. "
        f"In the end, {whom} should be a solution. Which number goes in the square?",
    }
