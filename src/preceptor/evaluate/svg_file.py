"""A chart of a report as a picture of its own."""

from preceptor.evaluate.report_style import STYLE


def as_file(svg: str, width: int = 560) -> str:
    """The chart with its colours, so that it can stand in a file.

    Args:
        svg: As `preceptor.evaluate.report_svg` draws it.
        width: In pixels.
    """
    head, _, rest = svg.partition(">")
    head = head.replace("<svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"', 1)
    page = '<rect width="100%" height="100%" style="fill:var(--card)"/>'
    return f"{head}><style>{STYLE}</style>{page}{rest}\n"
