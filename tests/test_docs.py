"""README and docs: examples run, links resolve, and nothing that exists is left out."""

import inspect
import os
import pkgutil
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer

import preceptor
from preceptor.cli.main import COMMANDS, build
from preceptor.data.registry import reader_names
from preceptor.embed import encoder_names
from preceptor.forgetting import curve_names
from preceptor.recommend import objective_names, policy_names
from preceptor.trace import tracer_names

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SHOWN = {"text", "toml", "json"}
"""Languages of blocks that are shown and never run: what serves, asks back or takes long stands in `text`."""

ROOMS = sorted(module.name for module in pkgutil.iter_modules(preceptor.__path__) if module.ispkg)


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def prose(page: Path) -> str:
    return BLOCK.sub("", page.read_text(encoding="utf-8"))


def run_bash(text: str, folder: Path) -> None:
    lines = [line for line in text.splitlines() if not line.startswith("make ")]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        env={**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"


@pytest.mark.no_cover
@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_examples_of_a_page_run_in_order(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": page.stem}
    for language, text in blocks(page):
        if language == "python":
            exec(compile(text, page_name(page), "exec"), namespace)
        elif language == "bash":
            run_bash(text, tmp_path)
        else:
            assert language in SHOWN, f"a block is marked {language!r}"


@cache
def options_of(command: str) -> frozenset[str]:
    parameters = typer.main.get_command(build([command])).commands[command].params
    return frozenset({"--help", *(name for p in parameters for name in (*p.opts, *p.secondary_opts))})


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_commands_that_are_only_shown_exist_with_their_options(page: Path):
    for _, text in (block for block in blocks(page) if block[0] == "text"):
        for line in text.replace("\\\n", " ").splitlines():
            words = line.removeprefix("$ ").split()
            if words[:1] != ["preceptor"] or words[1:2] == ["COMMAND"]:
                continue
            assert words[1] in COMMANDS, line
            assert {word for word in words if word.startswith("--")} <= options_of(words[1]), line


def slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_relative_links_and_images_resolve(page: Path):
    for target in LINK.findall(prose(page)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert found.is_relative_to(ROOT.resolve()), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", prose(found), re.MULTILINE)
            assert anchor in {slug(heading) for heading in headings}, target


def test_every_page_is_reachable_from_the_readme():
    reached: set[Path] = set()
    waiting = [PAGES[0]]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [page.parent / link.partition("#")[0] for link in LINK.findall(prose(page)) if "://" not in link]
    assert {page.resolve() for page in PAGES} <= reached


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_page(command: str):
    page = DOCS / f"{command}.md"
    assert page.is_file()
    assert f"preceptor {command}" in page.read_text(encoding="utf-8")


def test_every_registered_name_is_mentioned():
    written = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name != "cli.md")
    names = (*reader_names(), *tracer_names(), *curve_names(), *objective_names(), *policy_names(), *encoder_names())
    assert [name for name in names if f"`{name}`" not in written] == []


def test_every_public_name_of_the_package_is_mentioned():
    written = (DOCS / "python.md").read_text(encoding="utf-8")
    assert [name for name in preceptor.__all__ if f"`{name}`" not in written] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_of_a_room_has_a_docstring(room: str):
    package = import_module(f"preceptor.{room}")
    assert package.__doc__, room
    for name in getattr(package, "__all__", ()):
        public = getattr(package, name)
        if not (inspect.isclass(public) or inspect.isroutine(public)):
            continue  # a constant cannot carry one at run time
        text = inspect.getdoc(public) or ""
        assert text, f"{room}.{name}"
        assert not text.startswith(f"{name}("), f"{room}.{name} has only what its dataclass wrote"
