from pathlib import Path

from preceptor.cli.results import results_page

ROOT = Path(__file__).parents[2]


def test_the_results_page_is_the_one_the_run_files_give():
    assert (ROOT / "docs/results.md").read_text() == results_page(ROOT / "results"), "run `make results-page`"
