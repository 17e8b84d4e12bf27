import json
import sys

import pytest

from preceptor.bench import BenchOptions, make_bench, tracing
from preceptor.bench.peers import PYKT
from preceptor.bench.tracing_data import TracingData
from preceptor.bench.tracing_ours import serve
from preceptor.domain import UserError

FAKE = {
    "__init__.py": "",
    "models/__init__.py": "",
    "models/init_model.py": """
import torch
class Model(torch.nn.Module):
    model_name = "dkt"
    def __init__(self, data):
        super().__init__()
        self.table = torch.nn.Embedding(data["num_c"], 1)
def init_model(name, config, data, kind):
    assert (name, config["emb_size"], data["num_q"], kind) == ("dkt", 200, 0, "qid")
    return Model(data)
""",
    "models/train_model.py": """
def model_forward(model, data):
    real, concepts, credit = data["smasks"], data["shft_cseqs"], data["shft_rseqs"]
    assert concepts.shape == real.shape and real.shape[1] == 199
    assert (concepts[~real] == 0).all() and ((credit == 0) | (credit == 1)).all()
    return ((model.table(concepts)[..., 0] - credit)[real] ** 2).mean()
""",
    "models/evaluate_model.py": """
def evaluate(model, loader, name):
    return sum(int(data["smasks"].sum()) for data in loader) / 1e6, 0.0
""",
    "datasets/__init__.py": "",
    "datasets/data_loader.py": """
import pickle
class KTDataset:
    def __init__(self, path, inputs, folds):
        with open(f"{path}_0.pkl", "rb") as file:
            self.columns = pickle.load(file)
        assert inputs == ["concepts"] and folds == {0}
    def __len__(self):
        return len(self.columns["cseqs"])
    def __getitem__(self, i):
        mask = self.columns["masks"][i]
        shifted = {f"shft_{name}": self.columns[name][i][1:] * mask for name in ("cseqs", "rseqs")}
        return {**shifted, "masks": mask, "smasks": self.columns["smasks"][i]}
""",
}


@pytest.fixture
def peers(tmp_path, monkeypatch):
    """An environment whose pyKT is a few lines."""
    for name, content in FAKE.items():
        file = tmp_path / "fake" / "pykt" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    monkeypatch.setenv("PYTHONPATH", ":".join([str(tmp_path / "fake"), *sys.path]))
    python = tmp_path / "peers" / f"pykt-{PYKT.version}" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (python.parent.parent / ".installed").touch()
    return tmp_path / "peers"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Fewer students and no warming up."""
    monkeypatch.setattr(tracing, "WARM", 0)
    made = TracingData.made_up(0, students=40)
    monkeypatch.setattr(TracingData, "made_up", lambda seed: made)
    return made


def _run(batches=1, **options):
    return make_bench("tracing").run(BenchOptions(threads=1, batches=batches, **options), lambda *step: None)


def test_both_sides_train_in_turns_and_the_row_is_kept(peers, tmp_path, small):
    (row,) = _run(only=("dkt",), peers=peers, runs=tmp_path / "runs", batches=2)
    assert row.ratio == pytest.approx(row.ours / row.reference)
    assert row.ratio_ci95[0] <= row.ratio <= row.ratio_ci95[1]
    assert (row.limit, row.unit) == (12.0, "interactions/s")
    record = json.loads((tmp_path / "runs" / "tracing-dkt.json").read_text())
    train = (small.side[small.student] == 0).sum()
    assert [answers for answers, _ in record["detail"]["peer"]] == [train, train]  # one batch holds all windows
    (again,) = _run(only=("dkt",), peers=peers, runs=tmp_path / "runs", resume=True, batches=2)
    assert again == row


def test_unknown_parts_and_missing_peers_are_told(tmp_path):
    with pytest.raises(UserError, match="Unknown part 'lstm'"):
        _run(only=("lstm",))
    with pytest.raises(UserError, match="no environment with pykt-toolkit"):
        _run(peers=tmp_path)


@pytest.mark.parametrize(
    ("model", "size"),
    [
        ("dkt", {"hidden": 16}),
        ("dkvmn", {"width": 16, "slots": 4}),
        ("sakt", {"width": 16, "inner": 16, "heads": 2}),
        ("simplekt", {"width": 16, "inner": 16, "heads": 2, "blocks": 2, "head": [8, 8]}),
        ("akt", {"width": 16, "inner": 16, "heads": 2, "blocks": 1, "head": [8, 8]}),
    ],
)
def test_our_side_trains_scores_and_measures_products(model, size, small, tmp_path):
    small.save(tmp_path / "data.npz")
    side = serve({"model": model, "size": size, "data": str(tmp_path / "data.npz"), "threads": 1, "seed": 0})
    trained = side({"do": "train", "batches": 1})
    assert 0 < trained["answers"] <= (small.side[small.student] == 0).sum()
    assert trained["seconds"] > 0
    assert 0 < side({"do": "auc", "side": "test"})["auc"] < 1
    assert side({"do": "train", "batches": 1})["answers"] > 0  # scoring leaves it able to go on
    assert side({"do": "gemm"})["gigaflops"] > 0


class Side:
    """A side whose training is known: a pass or ten batches take 10 s, and the AUC rises to .8 and stays there."""

    peak_bytes = 0

    def __init__(self):
        self.passes = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def ask(self, do, **request):
        if do == "auc":
            return {"auc": min(0.5 + 0.1 * self.passes, 0.8)}
        self.passes += 1
        return {"seconds": 10.0, "answers": 100, "gigaflops": 50.0}


def test_without_a_peer_there_is_no_ratio(monkeypatch, tmp_path):
    monkeypatch.setattr(tracing, "Worker", lambda *what, **how: Side())
    rows = _run(runs=tmp_path)
    assert [row.name for row in rows] == ["dkt", "dkvmn", "sakt", "simplekt", "akt-1", "akt-4"]
    assert {(row.ours, row.reference, row.ratio) for row in rows} == {(10.0, None, None)}
    assert json.loads((tmp_path / "tracing-dkt.json").read_text())["detail"]["bound"] > 10_000


@pytest.mark.parametrize(
    ("converge", "ours", "reference"),
    [(False, 30.0, 50.0), (True, 30.0, 30.0)],  # recorded: .7265 after 5 passes; trained: .8 after 3
)
def test_time_to_auc_is_against_a_timed_or_a_whole_training_of_the_peer(
    converge, ours, reference, monkeypatch, peers, small
):
    monkeypatch.setattr(tracing, "Worker", lambda *what, **how: Side())
    monkeypatch.setattr(TracingData, "of_course", lambda course, seed: TracingData.made_up(seed))
    (row,) = _run(only=("dkt-auc",), peers=peers, converge=converge, course=peers)
    assert (row.ours, row.reference, row.unit) == (ours, reference, "s")
    assert row.ratio == pytest.approx(reference / ours)
    assert ("recorded" in row.note) is not converge


def test_an_auc_that_is_not_reached_is_told_and_leaves_no_run_file(monkeypatch, peers, small, tmp_path):
    class Poor(Side):
        def ask(self, do, **request):
            return {**super().ask(do, **request), **({"auc": 0.5} if do == "auc" else {})}

    monkeypatch.setattr(tracing, "Worker", lambda *what, **how: Poor())
    monkeypatch.setattr(TracingData, "of_course", lambda course, seed: TracingData.made_up(seed))
    with pytest.raises(UserError, match=r"did not reach 0\.7265"):
        _run(only=("dkt-auc",), peers=peers, course=peers, runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_time_to_an_auc_needs_a_real_log():
    with pytest.raises(UserError, match="needs a real log"):
        make_bench("tracing").run(BenchOptions(only=("dkt-auc",)), lambda *step: None)
