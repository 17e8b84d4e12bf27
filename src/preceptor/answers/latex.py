"""Writes a tree as LaTeX that `parse` reads back to the same tree."""

from preceptor.answers.tokens import GREEK_NAMES
from preceptor.answers.tree import Binary, Call, Collection, Mixed, Negative, Node, Number, Relation, Suffixed, Symbol

_SUM, _TERM, _FACTOR, _SUFFIX, _PRIMARY = range(5)
_RELATIONS = {"=": "=", "!=": r"\neq", "<": "<", ">": ">", "<=": r"\leq", ">=": r"\geq"}
_BRACKETS = {"{": r"\left\{", "}": r"\right\}", "(": r"\left(", ")": r"\right)", "[": r"\left[", "]": r"\right]"}


def latex(node: Node) -> str:
    """Write a tree as LaTeX.

    Args:
        node: What `parse` understood.

    Returns:
        LaTeX without dollar signs.
    """
    match node:
        case Number(text):
            return text
        case Mixed(whole, numerator, denominator):
            return rf"{whole}\frac{{{numerator}}}{{{denominator}}}"
        case Symbol(name):
            return _symbol(name)
        case Negative(value):
            return "-" + _at_least(_FACTOR, value, unsigned=True)
        case Suffixed(sign, value):
            return _at_least(_PRIMARY, value) + (r"\%" if sign == "%" else r"^{\circ}")
        case Binary():
            return _binary(node)
        case Call():
            return _call(node)
        case Relation(operators, sides):
            signs = [f" {_RELATIONS[operator]} " for operator in operators]
            return "".join(latex(side) + sign for side, sign in zip(sides, [*signs, ""], strict=True))
        case Collection():
            return _collection(node)


def _level(node: Node) -> int:
    match node:
        case Binary("+" | "-" | "±", _, _):
            return _SUM
        case Binary("*", _, _):
            return _TERM
        case Negative() | Binary("^", _, _):
            return _FACTOR
        case Suffixed():
            return _SUFFIX
    return _PRIMARY


def _at_least(level: int, node: Node, *, unsigned: bool = False) -> str:
    text = latex(node)
    loose = _level(node) < level or (unsigned and text.startswith("-"))
    return rf"\left({text}\right)" if loose else text


def _binary(node: Binary) -> str:
    left, right = node.left, node.right
    match node.operator:
        case "/":
            return rf"\frac{{{latex(left)}}}{{{latex(right)}}}"
        case "^":
            fragile = isinstance(left, Mixed) or (isinstance(left, Binary) and left.operator == "/")
            base = rf"\left({latex(left)}\right)" if fragile else _at_least(_SUFFIX, left)
            return f"{base}^{{{latex(right)}}}"
        case "*":
            above = _at_least(_TERM, left)
            below = _at_least(_FACTOR, right, unsigned=True)
            return f"{above} {below}" if _touches(right, below) else rf"{above} \cdot {below}"
    return f"{latex(left)}{node.operator}{_at_least(_TERM, right, unsigned=True)}"


def _touches(right: Node, text: str) -> bool:
    """Whether a product reads well, and back to the same tree, without a sign in between."""
    base = right.left if isinstance(right, Binary) and right.operator == "^" else right
    return isinstance(base, Symbol) or (isinstance(base, Call) and base.name == "root") or text.startswith(r"\left(")


def _symbol(name: str) -> str:
    stem = name.rstrip("'")
    primes = name[len(stem) :]
    letter, _, subscript = stem.partition("_")
    letter = r"\infty" if letter == "oo" else f"\\{letter}" if letter in GREEK_NAMES or letter == "pi" else letter
    return letter + (f"_{{{subscript}}}" if subscript else "") + primes


def _call(node: Call) -> str:
    match node:
        case Call("root", (Number("2"), radicand)):
            return rf"\sqrt{{{latex(radicand)}}}"
        case Call("root", (degree, radicand)):
            return rf"\sqrt[{latex(degree)}]{{{latex(radicand)}}}"
        case Call("abs", (value,)):
            return rf"\left|{latex(value)}\right|"
        case Call("log", (base, value)):
            subscript = "" if base == Number("10") else f"_{{{latex(base)}}}"
            return rf"\log{subscript}\left({latex(value)}\right)"
    name = node.name if len(node.name.rstrip("'").partition("_")[0]) == 1 else f"\\{node.name}"
    return rf"{name}\left({', '.join(map(latex, node.arguments))}\right)"


def _collection(node: Collection) -> str:
    if node.opening == "∪":
        return r" \cup ".join(map(latex, node.items))
    if node.opening == "and":
        return r" \text{ and } ".join(map(latex, node.items))
    rows = [item for item in node.items if isinstance(item, Collection) and item.opening == "["]
    if node.opening == "[" and len(rows) == len(node.items):
        return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(map(latex, row.items)) for row in rows) + r"\end{bmatrix}"
    opening, closing = (_BRACKETS.get(sign, "") for sign in (node.opening, node.closing))
    return opening + ", ".join(map(latex, node.items)) + closing
