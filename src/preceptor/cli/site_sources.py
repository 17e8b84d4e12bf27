"""Gathers the pages of the documentation site: README, everything under `docs/` and whatever these link to.

`python -m preceptor.cli.site_sources FOLDER`; `make site` does, then builds the site from the folder.
"""

import re
import shutil
import sys
from os.path import relpath
from pathlib import Path, PurePosixPath

from preceptor.serve.maths import FORMULA, formula_html

HOME, PAGES, FILES = "README.md", "docs", "files"
RENAMED = {HOME: "index.md", f"{PAGES}/README.md": "how-to.md"}
"""Pages that stand elsewhere in the site: it has one README, which is where it begins."""
RUN_FILES = "results"
WORK = "work"
"""Below `RUN_FILES`: what is computed on the way and is no run file."""
_BLOCK = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+[^`]*`+)")
_SAID = re.compile(r"(?<=>)[^<]+(?=<)")
_MARKS = re.compile(r"[*_`|\[\]\\~^]")
_LIST = re.compile(r"^((?:> ?)?)(?!- |1\. |[ \t>|])(.+)\n(?=\1(?:- |1\. ))", re.MULTILINE)
_LINK = re.compile(r"(\]\()([^)\s#]+)")


def site_sources(root: Path, folder: Path) -> None:
    """Copy what the site is built from.

    Pages and pictures keep their places under `docs/`; every other file that a page links to, and every run file under
    `results/`, goes below `files/`. Links are turned to where their targets stand then.

    Args:
        root: The repository.
        folder: Where to; emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / PAGES, folder, ignore=shutil.ignore_patterns("*.md"))
    for path in sorted((root / RUN_FILES).rglob("*.json")):
        if path.relative_to(root / RUN_FILES).parts[0] != WORK:
            _copy(path, folder / FILES / path.relative_to(root))
    for page in (root / HOME, *sorted((root / PAGES).rglob("*.md"))):
        own = page.relative_to(root).as_posix()
        place = folder / site_place(own)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text(encoding="utf-8")
        for target in targets(text, own):
            if site_place(target).startswith(f"{FILES}/"):
                _copy(root / target, folder / site_place(target))
        place.write_text(set_formulas(spaced_lists(turned(text, own))), encoding="utf-8")


def site_place(path: str) -> str:
    """Where a file of the repository stands in the site.

    Args:
        path: From the repository's root, with slashes.
    """
    if path in RENAMED:
        return RENAMED[path]
    inside = path.startswith(f"{PAGES}/")
    return path.removeprefix(f"{PAGES}/") if inside else f"{FILES}/{path}"


def targets(text: str, page: str) -> set[str]:
    """The files that a page links to, from the repository's root.

    Args:
        text: The page in Markdown.
        page: Where it stands in the repository.
    """
    return {_target(page, link) for part in _prose(text) for _, link in _LINK.findall(part) if "://" not in link}


def turned(text: str, page: str) -> str:
    """A page whose links lead where their targets stand in the site; what its blocks show is left as it is.

    Args:
        text: The page in Markdown.
        page: Where it stands in the repository.
    """
    here = PurePosixPath(site_place(page)).parent

    def turn(found: re.Match[str]) -> str:
        if "://" in found[2]:
            return found[0]
        return found[1] + relpath(site_place(_target(page, found[2])), here)

    parts = _BLOCK.split(text)
    return "".join(part if i % 2 else _LINK.sub(turn, part) for i, part in enumerate(parts))


def spaced_lists(text: str) -> str:
    """A page with an empty line before each list: the site's Markdown asks for one, GitHub's does not."""
    parts = _BLOCK.split(text)
    return "".join(part if i % 2 else _LIST.sub(r"\1\2\n\1\n", part) for i, part in enumerate(parts))


def set_formulas(text: str) -> str:
    """A page with MathML in place of LaTeX, which browsers show without a script; code is left as it is."""
    parts = _BLOCK.split(text)
    return "".join(part if i % 2 else _set_prose(part) for i, part in enumerate(parts))


def _set_prose(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(part if i % 2 else FORMULA.sub(_set, part) for i, part in enumerate(parts))


def _set(found: re.Match[str]) -> str:
    formula = formula_html(found[1] or found[2], "block" if found[1] else "inline")
    # Signs that Markdown would take for its own are written as characters by number; and where a line begins with
    # mathematics it would end the paragraph, so the line begins with something else.
    safe = _SAID.sub(lambda said: _MARKS.sub(_by_number, said[0].replace(r"\_", "_")), formula)
    return f'<span class="{"shown" if found[1] else "set"}">{safe}</span>'


def _by_number(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};"


def _prose(text: str) -> list[str]:
    return _BLOCK.split(text)[::2]


def _target(page: str, link: str) -> str:
    return relpath(PurePosixPath(page).parent / link, ".")


def _copy(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)


if __name__ == "__main__":
    site_sources(Path(), Path(sys.argv[1]))
