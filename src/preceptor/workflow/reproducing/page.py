"""A page of tables and figures, written as Markdown and as HTML from the same parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from preceptor.evaluate.report_style import STYLE
from preceptor.markdown import markdown_table

_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_MARK = """
.watermarked { position: relative } .watermarked::after { content: attr(data-mark); position: absolute; inset: 0;
  display: grid; place-items: center; font-size: 2.4rem; font-weight: 700; opacity: .13; transform: rotate(-8deg);
  pointer-events: none; text-align: center }
.words { text-align: left }
"""


@dataclass(frozen=True)
class Grid:
    """A table.

    Args:
        head: Its head.
        rows: Its cells, as Markdown of code and links.
        left: How many columns stand to the left.
        watermark: What stands across it, where its figures are no results; empty for none.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int = 1
    watermark: str = ""

    def markdown(self) -> str:
        """As Markdown; a watermark is a column of its own, so that no row can be quoted without it."""
        marked = [(*row, f"**{self.watermark}**") if self.watermark else tuple(row) for row in self.rows]
        head = (*self.head, "") if self.watermark else tuple(self.head)
        return markdown_table(head, marked, self.left) + "\n"

    def html(self) -> str:
        """As HTML."""
        head = self._cells("th", self.head, 0)
        rows = "".join(f"<tr>{self._cells('th', row[:1], 0)}{self._cells('td', row[1:], 1)}</tr>" for row in self.rows)
        mark = f' watermarked" data-mark="{escape(self.watermark)}' if self.watermark else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f'<div class="scroll{mark}">{table}</div>'

    def _cells(self, tag: str, cells: Sequence[str], first: int) -> str:
        """Cells from column `first` on, words at the left."""
        words = (' class="words"' if column < self.left else "" for column in range(first, first + len(cells)))
        return "".join(f"<{tag}{one}>{_inline(cell)}</{tag}>" for one, cell in zip(words, cells, strict=True))


@dataclass(frozen=True)
class Figure:
    """A picture with its run files.

    Args:
        file: Where it is kept, inside the reproduction's folder.
        caption: What it shows.
        svg: The picture, whole.
        runs: The files that it was drawn from, inside the reproduction's folder.
    """

    file: str
    caption: str
    svg: str
    runs: Sequence[str]

    def markdown(self) -> str:
        """As Markdown."""
        return f"![{self.caption}]({self.file})\n\n{self.caption}. {links(self.runs)}\n"

    def html(self) -> str:
        """As HTML, with the picture loaded from its file."""
        told = f"<figcaption>{_inline(self.caption)}</figcaption><p>{_inline(links(self.runs))}</p>"
        return f'<figure><img src="{escape(self.file)}" alt="{escape(self.caption)}" width="100%">{told}</figure>'


Part = str | Grid | Figure


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Page:
    """The whole page.

    Args:
        title: Its heading.
        about: What stands before the first section.
        sections: In order.
    """

    title: str
    about: Sequence[str]
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def figures(self) -> list[Figure]:
        """All pictures."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Figure)]

    def markdown(self) -> str:
        """The page in Markdown."""
        parts = [f"# {self.title}\n", *(f"{text}\n" for text in self.about)]
        for section in self.sections:
            parts.append(f"## {section.title}\n")
            parts += [f"{part}\n" if isinstance(part, str) else part.markdown() for part in section.parts]
        return "\n".join(parts)

    def html(self) -> str:
        """The page as HTML that loads nothing but its pictures beside it."""
        body = [f"<h1>{_inline(self.title)}</h1>", *(f"<p>{_inline(text)}</p>" for text in self.about)]
        for section in self.sections:
            body.append(f"<h2>{_inline(section.title)}</h2>")
            body += [f"<p>{_inline(part)}</p>" if isinstance(part, str) else part.html() for part in section.parts]
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        return (
            f'<!doctype html>\n<html lang="en"><head>{head}<meta name="color-scheme" content="light dark">'
            f"<title>{escape(self.title)}</title><style>{STYLE}{_MARK}</style></head>\n"
            f"<body><main>{''.join(body)}</main></body></html>\n"
        )


def links(files: Sequence[str]) -> str:
    """Links to run files, each once."""
    named = dict.fromkeys(files)
    return "Run files: " + (", ".join(f"[{i}]({file})" for i, file in enumerate(named, 1)) or "none") + "."


def _inline(text: str) -> str:
    told = _BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escape(text)))
    return _LINK.sub(r'<a href="\2">\1</a>', told)
