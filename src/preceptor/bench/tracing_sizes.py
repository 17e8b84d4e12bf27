"""What is compared: networks at the sizes that pyKT recommends, and what is asked of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_AKT = {"d_model": 256, "d_ff": 512, "num_attn_heads": 8, "dropout": 0.2, "final_fc_dim": 512}
_SAKT = {"seq_len": 200, "emb_size": 256, "num_attn_heads": 8, "dropout": 0.2, "num_en": 1}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A tracer beside pyKT's.

    Args:
        model: Preceptor's tracer.
        size: Arguments of its network.
        peer: pyKT's name of the model that is timed.
        config: Its settings.
        peer_batch: Windows of one of pyKT's batches.
        limit: How many times faster Preceptor is to be.
        batches: Batches a side.
        peer_share: Speed of pyKT's own model over that of the one that is timed; 1 where that is the one.
        note: What a reader must know.
    """

    model: str
    size: Mapping[str, Any]
    peer: str
    config: Mapping[str, Any]
    peer_batch: int
    limit: float
    batches: int = 200
    peer_share: float = 1.0
    note: str = field(default="")


COMPARISONS: dict[str, Comparison] = {
    "dkt": Comparison("dkt", {"hidden": 200}, "dkt", {"emb_size": 200, "dropout": 0.1}, 256, 12.0),
    "dkvmn": Comparison("dkvmn", {"width": 200, "slots": 50}, "dkvmn", {"dim_s": 200, "size_m": 50}, 64, 8.0),
    "sakt": Comparison("sakt", {"width": 256, "inner": 256, "heads": 8}, "sakt", _SAKT, 64, 8.0),
    "simplekt": Comparison(
        "simplekt",
        {"width": 256, "inner": 256, "heads": 4, "blocks": 2, "head": [512, 256]},
        "sakt",
        _SAKT,
        64,
        10.0,
        peer_share=1318 / 1691,
        note="recorded: pyKT 0.0.38 has no simpleKT; its SAKT was timed and taken times .78, simpleKT's recorded share",
    ),
    **{
        f"akt-{blocks}": Comparison(
            "akt",
            {"width": 256, "inner": 512, "heads": 8, "blocks": blocks, "head": [512, 256]},
            "akt",
            {**_AKT, "n_blocks": blocks},
            64,
            15.0,
            batches=200 if blocks == 1 else 20,
        )
        for blocks in (1, 4)
    },
}
"""Parts of `preceptor bench tracing` that compare training speed. Shapes and batches are those pyKT recommends."""


@dataclass(frozen=True, slots=True)
class Converged:
    """A peer's training to its end.

    Args:
        auc: Its test AUC.
        epochs: Passes it took.
    """

    auc: float
    epochs: int


PYKT_DKT = Converged(0.7265, 5)
"""pyKT's DKT on ASSISTments 2015: recorded; it took 5 to 7 passes."""
TIME_TO_AUC, TIME_LIMIT = "dkt-auc", 20.0
