"""Families on mean, median and probability."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import joined, tex


@family("mean", easiest=-0.5)
def mean(rng: random.Random, level: int) -> Draft:
    """Find the mean of some numbers."""
    count = (3, 4, 5)[level]
    values = [rng.randrange(2, (13, 25, 60)[level]) for _ in range(count)]
    if level < 2:
        values[-1] += -sum(values) % count
    total, middle = sum(values), sorted(values)[count // 2]
    key = Decimal(total) / count
    who, what = person(rng), rng.choice(["pages read", "points scored", "laps run", "birds counted"])
    added = " + ".join(map(str, values))
    return Draft(
        text=f"{who} writes down the number of {what} on each of ${count}$ days: ${joined(values)}$. What is the mean?",
        key=key,
        check=f"Rational({added}, {count})",
        steps=(
            step(f"Add all values: ${added} = {total}$.", total),
            step(f"Share the total equally among the ${count}$ days: ${total} \\div {count} = {tex(key)}$.", key,
                 "mean", "divide-remainder"),
        ),
        hints=(
            "The mean is what each day would have if the total were shared equally.",
            f"Find the total of all ${count}$ values, then divide it by the number of values.",
            f"${added} = {total}$ and ${total} \\div {count} = {tex(key)}$.",
        ),
        wrong={"forgets-to-share": total, "median-for-mean": middle},
    )  # fmt: skip


@family("median", easiest=-0.6)
def median(rng: random.Random, level: int) -> Draft:
    """Find the median of some numbers."""
    count = (5, 7, 6)[level]
    values = rng.sample(range(3, (30, 60, 90)[level]), count)
    ordered, half = sorted(values), count // 2
    key = Decimal(ordered[half]) if count % 2 else Decimal(ordered[half - 1] + ordered[half]) / 2
    raw = Decimal(values[half]) if count % 2 else Decimal(values[half - 1] + values[half]) / 2
    what = rng.choice(["heights of plants in inches", "ages of players", "minutes of practice", "numbers of books"])
    if count % 2:
        last = step(f"The middle one of the ${count}$ values is ${key}$.", key)
    else:
        pair = f"{ordered[half - 1]} + {ordered[half]}"
        last = step(f"Two values are in the middle; take their mean: $({pair}) \\div 2 = {tex(key)}$.", key)
    return Draft(
        text=f"Find the median of these {what}: ${joined(values)}$.",
        key=key,
        check=f"median([{joined(values)}])",
        steps=(step(f"Put the values in order: ${joined(ordered)}$.", joined(ordered)), last),
        hints=(
            "The median is the value in the middle. In the middle of what?",
            "Put the values in order first."
            + ("" if count % 2 else " With an even number of values, two are in the middle."),
            f"In order: ${joined(ordered)}$. {last.text}",
        ),
        wrong={"median-of-unordered": raw, "mean-for-median": Fraction(sum(values), count)},
    )


@family("probability", easiest=-0.4)
def draw_a_ball(rng: random.Random, level: int) -> Draft:
    """Find the probability of an event with equally likely outcomes."""
    colors = rng.sample(["red", "blue", "green", "yellow", "white", "black"], 3)
    counts = [rng.randrange(2, (6, 9, 12)[level]) for _ in colors]
    total = sum(counts)
    favorable = total - counts[0] if level == 2 else counts[0]
    key = Fraction(favorable, total)
    bag, thing = rng.choice([("bag", "marbles"), ("box", "buttons"), ("jar", "beads")])
    listed = f"${counts[0]}$ {colors[0]}, ${counts[1]}$ {colors[1]} and ${counts[2]}$ {colors[2]} {thing}"
    event = f"{'not ' if level == 2 else ''}{colors[0]}"
    added = " + ".join(map(str, counts))
    work = f"{counts[1]} + {counts[2]} = {favorable}" if level == 2 else f"{favorable}"
    simplest = f" = {tex(key)}" if key.denominator != total else ""
    favored = f"The number of {thing} that are {event} is ${work}$."
    wrong = {"part-to-part-odds": Fraction(favorable, total - favorable), "counts-outcome-kinds": Fraction(1, 3)}
    if level == 2:
        wrong = {"forgets-complement": 1 - key, "counts-outcome-kinds": Fraction(2, 3)}
    return Draft(
        text=f"A {bag} holds {listed}. One is drawn without looking. What is the probability that it is {event}?",
        key=key,
        check=f"Rational({favorable if level < 2 else f'{total} - {counts[0]}'}, {added})",
        steps=(
            step(f"All outcomes: ${added} = {total}$ {thing}.", total),
            step(favored, favorable),
            step(f"The probability is $\\frac{{{favorable}}}{{{total}}}{simplest}$.", key),
        ),
        hints=(
            f"Every one of the {thing} is equally likely to be drawn. How many are there altogether?",
            f"How many of the ${added}$ {thing} are {event}?",
            f"{favored} Out of ${total}$ that gives the probability $\\frac{{{favorable}}}{{{total}}}{simplest}$.",
        ),
        wrong=wrong,
    )


@family("mean", "one-step-equations", easiest=0.4)
def value_for_mean(rng: random.Random, level: int) -> Draft:
    """Find the value that brings a mean to a goal."""
    count = (3, 4, 5)[level]
    goal = rng.randrange(12, 30 + 20 * level)
    known = [goal + rng.randrange(-8, 9) for _ in range(count - 1)]
    used, total = sum(known), goal * count
    key = total - used
    who = person(rng)
    return Draft(
        text=f"{who} scored ${joined(known)}$ points in the first ${count - 1}$ games. How many points are "
        f"needed in the next game "
        f"for a mean of ${goal}$ points over all ${count}$ games?",
        key=key,
        check=f"solve(Eq(({used} + x) / {count}, {goal}), x)[0]",
        steps=(
            step(
                f"A mean of ${goal}$ over ${count}$ games needs ${goal} \\times {count} = {total}$ points.",
                total,
                "mean",
            ),
            step(f"So far there are ${' + '.join(map(str, known))} = {used}$ points.", used, "mean"),
            step(
                f"The next game $x$ has to satisfy ${used} + x = {total}$, so $x = {total} - {used} = {key}$.",
                key,
                "one-step-equations",
            ),
        ),
        hints=(
            "The mean tells you the total that is needed.",
            f"How many points do ${count}$ games with a mean of ${goal}$ points have altogether? Compare with "
            f"what is there already.",
            f"${goal} \\times {count} = {total}$ points are needed and ${used}$ are there, so $x = {total} - "
            f"{used} = {key}$.",
        ),
        wrong={"aims-at-mean-itself": goal, "averages-known-only": Fraction(used, count - 1)},
    )


FAMILIES = (mean, median, draw_a_ball, value_for_mean)
