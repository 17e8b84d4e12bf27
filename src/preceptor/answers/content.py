"""What a tree says apart from the order of its terms and factors."""

from collections.abc import Iterator

from preceptor.answers.tree import Binary, Negative, Node, Number, children

_OTHER_SIGN = {"+": "-", "-": "+"}


def content(node: Node) -> str:
    """The same for trees that differ in the order of terms and factors only, or by a term 0 or a factor 1."""
    match node:
        case Binary("+" | "-") | Negative():
            terms = sorted(_terms(node, "+"))
            return terms[0][1:] if len(terms) == 1 and terms[0][0] == "+" else f"sum{terms}"
        case Binary("*"):
            factors = sorted(_factors(node))
            return factors[0] if len(factors) == 1 else f"product{factors}"
    below = [content(child) for child in children(node)]
    label = getattr(node, "operator", "") or getattr(node, "name", "") or type(node).__name__
    return f"{label}{below}" if below else repr(node)


def _terms(node: Node, sign: str) -> Iterator[str]:
    match node:
        case Binary("+" | "-" as operator, left, right):
            yield from _terms(left, sign)
            yield from _terms(right, sign if operator == "+" else _OTHER_SIGN[sign])
        case Negative(value):
            yield from _terms(value, _OTHER_SIGN[sign])
        case Number("0"):
            return
        case _:
            yield f"{sign}{content(node)}"


def _factors(node: Node) -> Iterator[str]:
    match node:
        case Binary("*", left, right):
            yield from _factors(left)
            yield from _factors(right)
        case Number("1"):
            return
        case _:
            yield content(node)
