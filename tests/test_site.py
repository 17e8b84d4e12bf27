"""The documentation site: strict, whole, and without a network."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from preceptor.cli.site_sources import set_formulas, site_place, site_sources, spaced_lists, targets, turned

ROOT = Path(__file__).parents[1]
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


def test_pages_keep_their_places_and_other_files_go_below_one_folder():
    assert site_place("docs/results/tracing.md") == "results/tracing.md"
    assert site_place("README.md") == "index.md"
    assert site_place("docs/README.md") == "how-to.md"
    assert site_place("docs/transcripts/README.md") == "transcripts/README.md"
    assert site_place("results/demo.json") == "files/results/demo.json"


def test_links_lead_where_their_targets_stand_in_the_site():
    page = "docs/results/a.md"
    text = "[r](../../README.md#elsewhere) [j](../../results/x.json) [h](../README.md) ![p](../images/p.svg) [w](https://a/b)"
    assert turned(text, page) == (
        "[r](../index.md#elsewhere) [j](../files/results/x.json) [h](../how-to.md) ![p](../images/p.svg) [w](https://a/b)"
    )
    assert targets(text, page) == {"README.md", "results/x.json", "docs/README.md", "docs/images/p.svg"}


def test_blocks_are_left_as_they_are():
    text = "```text\n[r](../README.md) $x$\na\n- b\n```\n"
    assert spaced_lists(turned(text, "docs/a.md")) == text
    assert set_formulas(text) == text


def test_formulas_become_mathml_in_which_markdown_finds_no_signs():
    made = set_formulas("a $x_1 * |y|$ b `$z$` \\$5")
    assert "<math" in made
    assert "`$z$` \\$5" in made
    said = re.sub("<[^>]*>", "", made.partition("`")[0])
    assert not re.findall(r"[*|_]", said)
    assert 'display="block"' in set_formulas("$$x$$")


def test_a_list_after_a_line_of_text_gets_its_empty_line_and_no_other():
    assert spaced_lists("a\n- b\n- c\n") == "a\n\n- b\n- c\n"
    assert spaced_lists("> a\n> - b\n> - c\n") == "> a\n> \n> - b\n> - c\n"
    assert spaced_lists("- b\n  c\n- d\n") == "- b\n  c\n- d\n"


def test_every_page_has_its_place_in_the_navigation():
    text = re.sub("!!python.*", "x", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    def places(entries):
        for entry in entries:
            if isinstance(entry, str):
                yield entry
            else:
                for inner in entry.values():
                    yield from places(inner)

    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert sorted(places(yaml.safe_load(text)["nav"])) == sorted(
        site_place(page.relative_to(ROOT).as_posix()) for page in pages
    )


class Loads(HTMLParser):
    """What a page loads and what it links to."""

    def __init__(self):
        super().__init__()
        self.loads, self.links = [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in LOADED and found.get(LOADED[tag]):
            self.loads.append(found[LOADED[tag]])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as `make site` builds it."""
    folder = tmp_path_factory.mktemp("site")
    site_sources(ROOT, folder / "sources")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("docs_dir: results/work/site", "docs_dir: sources")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.mark.slow
def test_the_site_is_whole_and_loads_nothing_from_elsewhere(site):
    pages = [page for page in site.rglob("*.html") if page.name != "404.html" and "files" not in page.parts]
    assert len(pages) == 1 + len(list((ROOT / "docs").rglob("*.md")))
    for page in pages:
        found = Loads()
        found.feed(page.read_text(encoding="utf-8"))
        for target in (*found.loads, *(link for link in found.links if "://" not in link)):
            path = unquote(target.partition("#")[0])
            assert "://" not in target
            assert not target.startswith("//")
            assert (page.parent / path).exists(), f"{page.name}: {target}"
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.findall(r"url\(['\"]?(?:https?:)?//", styles)


@pytest.mark.slow
def test_results_stand_in_it_with_their_run_files(site):
    assert (site / "results" / "tracing.html").is_file()
    kept = [path for path in (ROOT / "results").rglob("*.json") if "work" not in path.relative_to(ROOT).parts]
    assert all((site / "files" / path.relative_to(ROOT)).is_file() for path in kept)
