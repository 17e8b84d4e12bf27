"""Writing expressions for descriptions in words."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("write-expressions", easiest=-0.4)
def words_to_expression(rng: random.Random, level: int) -> Draft:
    """Write an expression for a description in words."""
    a, b = rng.sample(range(2, (16, 16, 21)[level]), 2)
    values: Values = {"name": person(rng), "a": a, "b": b, "letter": rng.choice("nxkmt")}
    if level == 0:
        return _take_away(values) if rng.random() < 0.6 else _share(values)
    less = rng.random() < 0.5
    if level == 1 and less:
        b = a * rng.randrange(7, 15) + rng.randrange(1, a)
        return _shrinking(values | {"b": b, "one": b - a, "two": b - 2 * a, "three": b - 3 * a})
    if level == 1:
        return _growing(values | {"one": a + b, "two": 2 * a + b, "three": 3 * a + b})
    return _lowered(values) if less else _grouped(values)


_TRY = "Try a simple number in place of the letter. What would you calculate?"


def _take_away(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_LESS,
        key="<letter> - <a>",
        check="-<a> + <letter>",
        steps=(
            step("You start from $<letter>$.", "<letter>"),
            step("Take $<a>$ away from it: $<letter> - <a>$.", "<letter> - <a>"),
        ),
        hints=(
            _TRY,
            "Which operation is done with $<letter>$, and which of the two comes first?",
            "You start from $<letter>$ and take $<a>$ away from it, so the expression is $<letter> - <a>$.",
        ),
        wrong={"reverses-order": "<a> - <letter>", "wrong-operation": "<letter> + <a>"},
    )


def _share(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_EQUAL_PARTS,
        key="<letter> / <a>",
        check="<letter> * (1 / <a>)",
        steps=(
            step("You start from $<letter>$.", "<letter>"),
            step(r"Divide it by $<a>$: $<letter> \div <a> = \frac{<letter>}{<a>}$.", "<letter> / <a>"),
        ),
        hints=(
            _TRY,
            "Which operation is done with $<letter>$, and which of the two comes first?",
            r"You start from $<letter>$ and divide it by $<a>$, so the expression is $\frac{<letter>}{<a>}$.",
        ),
        wrong={"reverses-order": "<a> / <letter>", "wrong-operation": "<a>*<letter>"},
    )


def _growing(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_START_AND_GROWTH,
        key="<a>*<letter> + <b>",
        check="<b> + <letter> * <a>",
        steps=(
            step("The $<a>$ comes again and again, $<letter>$ times: $<a><letter>$.", "<a>*<letter>"),
            step("The $<b>$ is there only once and is added: $<a><letter> + <b>$.", "<a>*<letter> + <b>"),
        ),
        hints=(
            _TRY,
            "Which number is multiplied by $<letter>$, and which is there only once?",
            "The $<a>$ is multiplied by $<letter>$ and the $<b>$ is added once, so the expression is "
            "$<a><letter> + <b>$.",
        ),
        wrong={
            "swaps-fixed-and-variable": "<b>*<letter> + <a>",
            "misplaces-parentheses": "<a>*(<letter> + <b>)",
            "wrong-operation": "<letter> + <a> + <b>",
        },
    )


def _shrinking(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_START_AND_LOSS,
        key="<b> - <a>*<letter>",
        check="-<letter> * <a> + <b>",
        steps=(
            step("The $<a>$ comes again and again, $<letter>$ times: $<a><letter>$.", "<a>*<letter>"),
            step("It is taken away from $<b>$: $<b> - <a><letter>$.", "<b> - <a>*<letter>"),
        ),
        hints=(
            _TRY,
            "Which number is multiplied by $<letter>$? From which number is the product taken away?",
            "The $<a>$ is multiplied by $<letter>$ and taken away from $<b>$, so the expression is "
            "$<b> - <a><letter>$.",
        ),
        wrong={
            "reverses-order": "<a>*<letter> - <b>",
            "misplaces-parentheses": "(<b> - <a>)*<letter>",
            "swaps-fixed-and-variable": "<a> - <b>*<letter>",
        },
    )


def _lowered(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_DIFFERENCE_SEVERAL_TIMES,
        key="<a>*(<letter> - <b>)",
        check="<a> * <letter> - <a> * <b>",
        steps=(
            step("First comes the difference: $<letter> - <b>$.", "<letter> - <b>"),
            step("The whole difference is multiplied by $<a>$, so it stands in parentheses: $<a>(<letter> - <b>)$.",
                 "<a>*(<letter> - <b>)", "write-expressions", "order-of-operations"),
        ),
        hints=(
            _TRY,
            "Find the difference first. It is multiplied as a whole. How do you show that in writing?",
            "The difference is $<letter> - <b>$. Taken $<a>$ times it is $<a>(<letter> - <b>)$.",
        ),
        wrong={
            "misplaces-parentheses": "<a>*<letter> - <b>",
            "reverses-order": "<a>*(<b> - <letter>)",
            "wrong-operation": "<letter> - <b> + <a>",
        },
    )  # fmt: skip


def _grouped(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        stems=_SUM_SEVERAL_TIMES,
        key="<a>*(<letter> + <b>)",
        check="<a> * <letter> + <a> * <b>",
        steps=(
            step("First comes the sum: $<letter> + <b>$.", "<letter> + <b>"),
            step("The whole sum is multiplied by $<a>$, so it stands in parentheses: $<a>(<letter> + <b>)$.",
                 "<a>*(<letter> + <b>)", "write-expressions", "order-of-operations"),
        ),
        hints=(
            _TRY,
            "Find the sum first. It is multiplied as a whole. How do you show that in writing?",
            "The sum is $<letter> + <b>$. Taken $<a>$ times it is $<a>(<letter> + <b>)$.",
        ),
        wrong={
            "misplaces-parentheses": "<a>*<letter> + <b>",
            "swaps-fixed-and-variable": "<b>*(<letter> + <a>)",
            "wrong-operation": "<letter> + <a> + <b>",
        },
    )  # fmt: skip


_LESS: Stems = {
    Form.BARE: "Write an expression for the number that is $<a>$ less than $<letter>$.",
    Form.STORY: (
        "<name> is $<a>$ years younger than a friend who is $<letter>$ years old. "
        "Write an expression for the age of <name>.",
        "<name> takes $<a>$ books away from a shelf with $<letter>$ books. "
        "Write an expression for the number of books that are left.",
        "A train has $<letter>$ seats, and $<a>$ of them are taken. Write an expression for the number of free seats.",
    ),
    Form.TABLE: "The table is about a hike. "
    + table(("whole trail in kilometers", "<letter>"), ("hiked so far", "<a>"), ("still to go", "?"))
    + " Write an expression for the question mark.",
    Form.TRANSFER: "At noon it is $<letter>$ degrees. At night it is $<a>$ degrees colder. "
    "Write an expression for the temperature at night.",
}
_EQUAL_PARTS: Stems = {
    Form.BARE: "The number $<letter>$ is divided into $<a>$ equal parts. Write an expression for one part.",
    Form.STORY: (
        "<name> shares $<letter>$ stickers equally among $<a>$ friends. "
        "Write an expression for the number of stickers that each friend gets.",
        "<name> cuts a ribbon of $<letter>$ centimeters into $<a>$ equal pieces. "
        "Write an expression for the length of one piece in centimeters.",
    ),
    Form.TABLE: "<name> reads the same number of pages every day. "
    + table(("pages of the book", "<letter>"), ("days", "<a>"), ("pages each day", "?"))
    + " Write an expression for the question mark.",
    Form.TRANSFER: "A choir of $<letter>$ singers stands in $<a>$ equal rows. "
    "Write an expression for the number of singers in one row.",
}
_START_AND_GROWTH: Stems = {
    Form.BARE: "The number $<letter>$ is multiplied by $<a>$. Then $<b>$ is added. Write an expression for the result.",
    Form.STORY: (
        "Renting a bike costs $<b>$ dollars once and $<a>$ dollars for every day. "
        "Write an expression for the cost of $<letter>$ days in dollars.",
        "<name> measures a plant. It is $<b>$ centimeters tall and grows $<a>$ centimeters every week. "
        "Write an expression for its height in centimeters after $<letter>$ weeks.",
        "Renting a boat costs $<b>$ dollars once and $<a>$ dollars for every hour. "
        "Write an expression for the cost of $<letter>$ hours in dollars.",
    ),
    Form.TABLE: "The table shows what renting a boat costs: something once, and the same amount for every hour. "
    + table(("hours", "1", "2", "3", "<letter>"), ("cost in dollars", "<one>", "<two>", "<three>", "?"))
    + " Write an expression for the question mark.",
    Form.TRANSFER: "<name> knows $<b>$ words of a new language and learns $<a>$ more every day. "
    "Write an expression for the number of words after $<letter>$ days.",
}
_START_AND_LOSS: Stems = {
    Form.BARE: "The number $<letter>$ is multiplied by $<a>$. The product is taken away from $<b>$. "
    "Write an expression for the result.",
    Form.STORY: (
        "A tank holds $<b>$ liters of water and loses $<a>$ liters every minute. "
        "Write an expression for the liters that are left after $<letter>$ minutes.",
        "<name> has $<b>$ dollars and buys $<letter>$ tickets for $<a>$ dollars each. "
        "Write an expression for the dollars that are left.",
    ),
    Form.TABLE: "A school uses the same number of pencils every week. "
    + table(("weeks", "1", "2", "3", "<letter>"), ("pencils left", "<one>", "<two>", "<three>", "?"))
    + " Write an expression for the question mark.",
    Form.TRANSFER: "A book has $<b>$ pages. <name> reads $<a>$ pages every day. "
    "Write an expression for the pages that are left after $<letter>$ days.",
}
_DIFFERENCE_SEVERAL_TIMES: Stems = {
    Form.BARE: "First $<b>$ is taken away from the number $<letter>$. Then the difference is multiplied by $<a>$. "
    "Write an expression for the result.",
    Form.STORY: (
        "A ticket costs $<letter>$ dollars. With a coupon it is $<b>$ dollars cheaper. <name> buys $<a>$ tickets with "
        "coupons. Write an expression for the cost in dollars.",
        "A full box holds $<letter>$ pens. <name> has $<a>$ boxes, and $<b>$ pens are missing in each of them. "
        "Write an expression for the number of pens.",
    ),
    Form.TABLE: "All shirts are cheaper today. "
    + table(("old price in dollars", "<letter>"), ("dollars less", "<b>"), ("shirts", "<a>"))
    + " Write an expression for the cost of all these shirts in dollars.",
    Form.TRANSFER: "A hall has $<a>$ rows with $<letter>$ seats each. In every row, $<b>$ seats are taken. "
    "Write an expression for the number of free seats.",
}
_SUM_SEVERAL_TIMES: Stems = {
    Form.BARE: "First $<b>$ is added to the number $<letter>$. Then the sum is multiplied by $<a>$. "
    "Write an expression for the result.",
    Form.STORY: (
        "A cap costs $<letter>$ dollars and a T-shirt $<b>$ dollars. <name> buys $<a>$ of each. "
        "Write an expression for the cost in dollars.",
        "On each of $<a>$ days, <name> rides $<letter>$ kilometers in the morning and $<b>$ kilometers in the evening. "
        "Write an expression for the kilometers in all.",
    ),
    Form.TABLE: "Every child in a group gets both things in the table. "
    + table(("price of a ball in dollars", "<letter>"), ("price of a cap in dollars", "<b>"), ("children", "<a>"))
    + " Write an expression for the cost in dollars.",
    Form.TRANSFER: "A garden has $<a>$ rows. In each row there are $<letter>$ tulips and $<b>$ roses. "
    "Write an expression for the number of flowers.",
}
