"""Word problems with two and three steps."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_CONCEPTS = ("two-step-stories", "multiplication-facts", "add-subtract-whole")


@family(*_CONCEPTS, easiest=-0.9)
def money_left(rng: random.Random, level: int) -> Draft:
    """Find what is left after buying several things at one price, and one more at the hardest level."""
    count, price = rng.randrange(*((3, 6), (6, 10), (6, 10))[level]), rng.randrange(*((3, 10), (5, 10), (6, 10))[level])
    cost, extra = count * price, rng.randrange(12, 20) if level > 1 else 0
    spent = cost + extra
    totals = range(spent // 10 * 10 + 10, spent + 50, 5 if level else 10)
    total = rng.choice([n for n in totals if n - spent not in (count, price, extra, cost, spent)])
    values: Values = {"count": count, "price": price, "cost": cost, "extra": extra, "spent": spent, "total": total}
    values |= {"t1": total // 10, "o1": total % 10, "t2": spent // 10, "o2": spent % 10}
    more = level > 1
    first = step(r"First multiply: $<count> \times <price> = <cost>$.", "<cost>", "multiplication-facts")
    second = step("Add the other amount: $<cost> + <extra> = <spent>$.", "<spent>", "add-subtract-whole")
    last = step("Take it away from the whole amount: $<total> - <spent> = <left>$.", "<left>",
                "two-step-stories", "add-subtract-whole")  # fmt: skip
    return Draft(
        values=values | {"left": total - spent, "name": person(rng)},
        kind=QuestionKind.QUANTITY,
        unit="dollars",
        stems=_BUYS_MORE if more else _BUYS,
        key="<left>",
        check="<total> - <count> * <price>" + (" - <extra>" if more else ""),
        steps=(first, second, last) if more else (first, last),
        hints=(
            "You need three steps. What do you have to find first?" if more
            else "You need two steps. What do you have to find first?",
            r"First find $<count> \times <price>$, then add the other amount. Take the sum away in the end." if more
            else r"First find $<count> \times <price>$. Then take it away from the whole amount.",
            r"$<count> \times <price> = <cost>$, $<cost> + <extra> = <spent>$ and $<total> - <spent> = <left>$." if more
            else r"$<count> \times <price> = <cost>$ and $<total> - <cost> = <left>$.",
        ),
        wrong={
            "stops-after-first-step": "<count> * <price> + <extra>" if more else "<count> * <price>",
            "counts-one-group": "<total> - <price> - <extra>" if more else "<total> - <price>",
            **_subtracted_wrongly(total, spent, level),
        },
    )  # fmt: skip


def _subtracted_wrongly(total: int, spent: int, level: int) -> dict[str, str]:
    """How the last step goes wrong: in the ones, where there are too few of them, or with a wrong operation."""
    more = level == 2
    if total % 10 >= spent % 10:
        return {"adds-for-subtracting": "<total> + <cost> + <extra>" if more else "<total> + <cost>"}
    if level:
        return {"forgets-exchange": "<total> - <count> * <price>" + (" - <extra> + 10" if more else " + 10")}
    return {"smaller-from-larger": "(<t1> - <t2>) * 10 + <o2> - <o1>"}


_LEFT = " How many dollars are left?"
_BUYS: Stems = {
    Form.BARE: "Take $<count>$ times $<price>$ dollars away from $<total>$ dollars." + _LEFT,
    Form.STORY: (
        f"<name> has $<total>$ dollars and buys $<count>$ balls. Each ball costs $<price>$ dollars.{_LEFT}",
        f"A class has $<total>$ dollars. It buys $<count>$ plants for $<price>$ dollars each.{_LEFT}",
        f"<name> has saved $<total>$ dollars and goes to $<count>$ games. Each game costs $<price>$ dollars.{_LEFT}",
    ),
    Form.TABLE: "<name> buys some books. "
    + table(("dollars at first", "<total>"), ("books", "<count>"), ("dollars for each book", "<price>"))
    + _LEFT,
    Form.TRANSFER: "A club needs $<total>$ dollars for a tent. So far, $<count>$ children have paid "
    "$<price>$ dollars each. How many dollars are still missing?",
}
_BUYS_MORE: Stems = {
    Form.BARE: "Take $<count>$ times $<price>$ dollars away from $<total>$ dollars. "
    "Then take away $<extra>$ dollars more." + _LEFT,
    Form.STORY: (
        "<name> has $<total>$ dollars and buys $<count>$ balls for $<price>$ dollars each. "
        f"A bag for them costs $<extra>$ dollars.{_LEFT}",
        f"A class has $<total>$ dollars. It buys $<count>$ plants for $<price>$ dollars each and a pot "
        f"for $<extra>$ dollars.{_LEFT}",
    ),
    Form.TABLE: "<name> buys some books and a map. "
    + table(
        ("dollars at first", "<total>"),
        ("books", "<count>"),
        ("dollars for each book", "<price>"),
        ("dollars for the map", "<extra>"),
    )
    + _LEFT,
    Form.TRANSFER: "A club needs $<total>$ dollars for a tent. So far, $<count>$ children have paid "
    "$<price>$ dollars each, and the school gave $<extra>$ dollars. How many dollars are still missing?",
}


@family(*_CONCEPTS, easiest=-0.8)
def share_and_go_on(rng: random.Random, level: int) -> Draft:
    """Share equally, then add or take away; add up first at the hardest level."""
    children = rng.choice(((2, 3, 4, 5), (4, 6, 7, 8, 9), (3, 4, 6, 7, 8, 9))[level])
    each = rng.choice([n for n in range(6, 10) if n != children])
    change = rng.randrange(2, 6) if level else rng.randrange(2, 10)
    everything = children * each
    second = rng.randrange(everything // 4, everything // 2) if level > 1 else 0
    values: Values = {"children": children, "each": each, "change": change, "all": everything, "b": second}
    values |= {"a": everything - second, "key": each - change if level else each + change, "name": person(rng)}
    add = step("First add: $<a> + <b> = <all>$.", "<all>", "add-subtract-whole")
    divide = step(r"Divide: $<all> \div <children> = <each>$.", "<each>", "multiplication-facts")
    ends = "$<each> - <change> = <key>$" if level else "$<each> + <change> = <key>$"
    last = step(f"Then take away: {ends}." if level else f"Then add: {ends}.", "<key>",
                "two-step-stories", "add-subtract-whole")  # fmt: skip
    return Draft(
        values=values,
        stems=(_GETS, _GIVES, _JOINS)[level],
        key="<key>",
        check=("<all> / <children> + <change>", "<all> / <children> - <change>",
               "(<a> + <b>) / <children> - <change>")[level],
        steps=(add, divide, last) if level > 1 else (divide, last),
        hints=(
            "You need three steps. Which one comes first?" if level > 1
            else "You need two steps. Which one comes first?",
            ("Divide first. Then add.", "Divide first. Then take away.",
             "Add first and divide. Then take away.")[level],
            rf"$<a> + <b> = <all>$, $<all> \div <children> = <each>$ and {ends}." if level > 1
            else rf"$<all> \div <children> = <each>$ and {ends}.",
        ),
        wrong={
            "stops-after-first-step": "(<a> + <b>) / <children>" if level > 1 else "<all> / <children>",
            "leaves-out-a-step": ("<all> + <change>", "<all> - <change>", "<a> + <b> - <change>")[level],
        } | ({"adds-for-subtracting": "<each> + <change>"} if level
             else {"subtracts-instead-of-dividing": "<all> - <children> + <change>"}),
    )  # fmt: skip


_GETS: Stems = {
    Form.BARE: "Divide $<all>$ by $<children>$. Then add $<change>$. What do you get?",
    Form.STORY: (
        "<name> shares $<all>$ cards among $<children>$ bags, the same number in each. "
        "Then $<change>$ more cards go into the red bag. How many cards are in the red bag now?",
        "A summer camp has $<all>$ children in $<children>$ teams of the same size. "
        "Then $<change>$ more children join <name>'s team. How many children are in this team now?",
    ),
    Form.TABLE: "<name> shares beads among boxes, the same number in each. Then more beads go into one box. "
    + table(("beads", "<all>"), ("boxes", "<children>"), ("more beads", "<change>"))
    + " How many beads are in this box now?",
    Form.TRANSFER: "<name> thinks of a number, takes away $<change>$ and multiplies by $<children>$. "
    "That makes $<all>$. What was the number?",
}
_GIVES: Stems = {
    Form.BARE: "Divide $<all>$ by $<children>$. Then take away $<change>$. What do you get?",
    Form.STORY: (
        "<name> shares $<all>$ cards among $<children>$ bags, the same number in each. "
        "Then $<change>$ cards fall out of the red bag. How many cards are in the red bag now?",
        "A summer camp has $<all>$ children in $<children>$ teams of the same size. "
        "From <name>'s team, $<change>$ children go home. How many children are still in this team?",
    ),
    Form.TABLE: "<name> shares beads among boxes, the same number in each. Then some beads get lost from one box. "
    + table(("beads", "<all>"), ("boxes", "<children>"), ("lost beads", "<change>"))
    + " How many beads are in this box now?",
    Form.TRANSFER: "<name> thinks of a number, adds $<change>$ and multiplies by $<children>$. "
    "That makes $<all>$. What was the number?",
}
_JOINS: Stems = {
    Form.BARE: "Add $<a>$ and $<b>$. Divide the sum by $<children>$. Then take away $<change>$. What do you get?",
    Form.STORY: (
        "<name> has $<a>$ old cards and $<b>$ new cards. All of them go into $<children>$ bags, the same number in "
        "each. Then $<change>$ cards fall out of the red bag. How many cards are in the red bag now?",
        "A camp has $<a>$ children from one school and $<b>$ from another. They make $<children>$ teams of the "
        "same size. "
        "From <name>'s team, $<change>$ children go home. How many children are still in this team?",
    ),
    Form.TABLE: "<name> shares all beads among boxes, the same number in each. Then some beads get lost from one box. "
    + table(("red beads", "<a>"), ("blue beads", "<b>"), ("boxes", "<children>"), ("lost beads", "<change>"))
    + " How many beads are in this box now?",
    Form.TRANSFER: "<name> thinks of a number, adds $<change>$ and multiplies by $<children>$. "
    "Then <name> takes away $<b>$ and gets $<a>$. What was the number?",
}
