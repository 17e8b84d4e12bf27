"""Acceptance check 6 of exrec.md, §8: a calibrated tracer on XES3G5M, where its files are given by path.

`PRECEPTOR_XES3G5M=XES3G5M:ExRec/data pytest tests/workflow/reproducing/test_xes3g5m.py` takes hours. The first path is
the data set's folder; others, as the path list of the system, hold ExRec's questions and vectors, without which the
course takes vectors of its own.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.data import ReadOptions
from preceptor.progress import silent
from preceptor.workflow.clock import Clock, system_clock
from preceptor.workflow.embedding import EmbedOptions, embed
from preceptor.workflow.importing import import_data
from preceptor.workflow.reproducing.courses import with_calibrated_tracer
from preceptor.workflow.reproducing.exrec_modules import module_results
from preceptor.workflow.training_options import TrainOptions

GIVEN = os.environ.get("PRECEPTOR_XES3G5M", "")
LEAST_AUC_PERCENT, MOST_KC_MAE = 81.5, 0.03
TESTED, VALIDATED = 0, 1
"""Folds; nobody of fold 0 is trained on, where ExRec chooses by the students it reports."""
TEXTS = {0: "小明有30块糖", 1: "哪个是圆", 3: "有多长"}


def measured(folders: list[Path], path: Path, clock: Clock, size: str, encoder: str) -> dict[str, float | None]:
    """Import, train and calibrate as `reproduce exrec` does, and what it then tells of its modules."""
    data_set, *exrec = folders
    if exrec:
        import_data("exrec", exrec, path, ReadOptions(), clock)
    import_data("xes3g5m", [data_set], path, ReadOptions(), clock)
    course = Course.open(path)
    if course.default("vectors") is None:
        embed(course, EmbedOptions(encoder), clock, silent)
    wanted = TrainOptions(
        "semantic-dkt", size, vectors="frozen", forgetting="none", test_fold=TESTED, valid_fold=VALIDATED
    )
    return module_results(with_calibrated_tracer(course, wanted, clock, silent))


@pytest.mark.skipif(not GIVEN, reason="XES3G5M is not given: PRECEPTOR_XES3G5M=FOLDER")
def test_a_calibrated_tracer_is_as_good_as_published(tmp_path):
    found = measured([Path(one) for one in GIVEN.split(os.pathsep)], tmp_path / "course", system_clock(), "large", "")
    assert found["AUC calibrated"] >= LEAST_AUC_PERCENT
    assert found["KC MAE after"] <= MOST_KC_MAE


@pytest.mark.parametrize("with_exrec", [True, False])
def test_what_is_checked_comes_of_files_as_they_are_released(with_exrec, tmp_path, still_clock, exrec_files):
    """The check itself, on a few students: it goes from the released files to both figures."""
    rng, lines = np.random.default_rng(0), []
    for student in range(30):
        asked, correct = rng.choice([0, 1, 3], 12), rng.integers(0, 2, 12)
        times = 1_600_000_000_000 + 60_000 * np.arange(12)
        cells = [asked, asked + 77, correct, times, np.ones(12, dtype=int)]
        lists = ",".join('"' + ",".join(map(str, values)) + '"' for values in cells)
        lines.append(f"{student % 5},{student},{lists}")
    folder = tmp_path / "XES3G5M" / "question_level"
    folder.mkdir(parents=True)
    header = "fold,uid,questions,concepts,responses,timestamps,selectmasks"
    (folder / "train_valid_sequences_quelevel.csv").write_text("\n".join([header, *lines]) + "\n")
    metadata = tmp_path / "XES3G5M" / "metadata"
    metadata.mkdir()
    texts = {str(q): {**exrec_files.QUESTIONS[str(q)], "content": text} for q, text in TEXTS.items()}
    (metadata / "questions.json").write_text(json.dumps(texts), encoding="utf-8")
    (metadata / "kc_routes_map.json").write_text('{"77": "减法", "78": "圆", "80": "长度"}', encoding="utf-8")
    exrec = [exrec_files.write_all(tmp_path / "exrec")] if with_exrec else []
    found = measured([folder.parent, *exrec], tmp_path / "course", still_clock, "small", "lexical")
    assert 0 <= found["AUC calibrated"] <= 100
    assert 0 <= found["KC MAE after"] <= 1
    assert found["concepts"] == (4 if with_exrec else 3)
