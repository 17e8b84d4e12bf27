"""ExRec's tracing network and `SemanticDktNetwork` are one function; their weights only stand otherwise.

ExRec reads x = z_q + E[y] by an LSTM with the gates in, forget, candidate, out and two biases, which only their sum
matters of. Ours has the gates in, forget, out, candidate and one bias. Of the head's layer W₁ over [state; question]
ours keeps the two halves apart, with the bias on the question's.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import QMatrix, UserError
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.neural import CALIBRATION
from preceptor.trace.semantic_dkt import SIZES, SemanticDktTracer

Weights = dict[str, NDArray[np.float32]]

EXREC_SIZE = (*SIZES["large"], 768)
"""Width of the state, of the head's hidden layer and of a vector, as ExRec's classes are built."""

_LSTM, _HEAD = "lstm_layer", "prediction_layer"
_ANSWER, _LIFT, _OUT = "correctness_encoding.weight", f"{_HEAD}.fc1", f"{_HEAD}.output_layer"
_SAME = {
    "head.of_state": f"{_HEAD}.lstm_transform_layer",
    "head.of_vector": f"{_HEAD}.question_transform_layer",
}


def tracer_from_exrec(network: Mapping[str, NDArray[np.float32]], q_matrix: QMatrix, vectors: QuestionVectors) -> Any:
    """A `semantic-dkt` tracer that predicts what ExRec's network predicts.

    Args:
        network: Weights by their names in ExRec's innermost network.
        q_matrix: Questions and concepts.
        vectors: Vectors of both, in this order.

    Raises:
        UserError: If weights lack, are left over, or belong to a network of another shape.
    """
    hidden, lift = _sizes(network)
    shapes = _shapes(vectors.width, hidden, lift)
    _check(network, shapes)
    size = next(size for size, widths in SIZES.items() if widths == (hidden, lift))
    tracer = SemanticDktTracer(q_matrix, size=size, vectors=vectors)
    lifted = network[f"{_LIFT}.weight"]
    own = {
        "answer": network[_ANSWER],
        "read.weight": _swapped(network[f"{_LSTM}.weight_ih_l0"]),
        "read.bias": _swapped(network[f"{_LSTM}.bias_ih_l0"] + network[f"{_LSTM}.bias_hh_l0"]),
        "recurrent": _swapped(network[f"{_LSTM}.weight_hh_l0"]),
        "head.lift_state.weight": lifted[:, :hidden],
        "head.lift_vector.weight": lifted[:, hidden:],
        "head.lift_vector.bias": network[f"{_LIFT}.bias"],
    }
    for ours, theirs in {**_SAME, "head.out": _OUT}.items():
        own |= {f"{ours}.{part}": network[f"{theirs}.{part}"] for part in ("weight", "bias")}
    scaled = tracer.weights()
    own["question_vectors"] = _unrounded(vectors.questions, scaled["question_vectors"])
    own["concept_vectors"] = _unrounded(vectors.concepts, scaled["concept_vectors"])
    tracer.set_weights({**scaled, **own})
    return tracer


def exrec_from_tracer(tracer: SemanticDktTracer) -> Weights:
    """Weights for ExRec's network; the calibration a + b·logit is folded into the last layer.

    The LSTM's second bias is 0.
    """
    own = tracer.weights()
    shift, slope = (float(value) for value in own[CALIBRATION])
    bias = _swapped(own["read.bias"])
    network = {
        _ANSWER: own["answer"],
        f"{_LSTM}.weight_ih_l0": _swapped(own["read.weight"]),
        f"{_LSTM}.weight_hh_l0": _swapped(own["recurrent"]),
        f"{_LSTM}.bias_ih_l0": bias,
        f"{_LSTM}.bias_hh_l0": np.zeros_like(bias),
        f"{_LIFT}.weight": np.concatenate([own["head.lift_state.weight"], own["head.lift_vector.weight"]], axis=1),
        f"{_LIFT}.bias": own["head.lift_vector.bias"],
        f"{_OUT}.weight": slope * own["head.out.weight"],
        f"{_OUT}.bias": shift + slope * own["head.out.bias"],
    }
    for ours, theirs in _SAME.items():
        network |= {f"{theirs}.{part}": own[f"{ours}.{part}"] for part in ("weight", "bias")}
    return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in network.items()}


def _swapped(gates: NDArray[np.float32]) -> NDArray[np.float32]:
    """The last two of four gates [4·hidden, ...] in the other order; its own inverse."""
    enter, forget, third, fourth = np.split(gates, 4)
    return np.concatenate([enter, forget, fourth, third])


def _unrounded(given: NDArray[np.float32], scaled: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows as they were given where scaling only rounded them, so that a way there and back changes no bit."""
    return np.where(np.isclose(given, scaled, rtol=1e-5, atol=1e-6).all(axis=1, keepdims=True), given, scaled)


def _sizes(network: Mapping[str, NDArray[np.float32]]) -> tuple[int, int]:
    """Width of the state and of the head's hidden layer."""
    recurrent, lift = network.get(f"{_LSTM}.weight_hh_l0"), network.get(f"{_LIFT}.weight")
    if recurrent is None or lift is None or recurrent.ndim != 2 or lift.ndim != 2:
        raise UserError(
            "The checkpoint is none of ExRec's tracing network.",
            allowed=f"weights such as {_LSTM}.weight_hh_l0 and {_LIFT}.weight",
        )
    sizes = (recurrent.shape[1], lift.shape[0])
    if sizes not in SIZES.values():
        raise UserError(
            f"The checkpoint's network has {sizes[0]} units and a head of {sizes[1]}.",
            allowed=", ".join(f"{state} and {head}" for state, head in SIZES.values()),
        )
    return sizes


def _shapes(width: int, hidden: int, lift: int) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {
        _ANSWER: (2, width),
        f"{_LSTM}.weight_ih_l0": (4 * hidden, width),
        f"{_LSTM}.weight_hh_l0": (4 * hidden, hidden),
        f"{_LSTM}.bias_ih_l0": (4 * hidden,),
        f"{_LSTM}.bias_hh_l0": (4 * hidden,),
    }
    layers = ((_SAME["head.of_state"], hidden, hidden), (_SAME["head.of_vector"], width, hidden))
    for name, inputs, outputs in (*layers, (_LIFT, 2 * hidden, lift), (_OUT, lift, 1)):
        shapes |= {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}
    return shapes


def _check(network: Mapping[str, NDArray[np.float32]], shapes: Mapping[str, tuple[int, ...]]) -> None:
    odd = sorted(network.keys() ^ shapes.keys())
    if odd:
        what = "lacks" if odd[0] in shapes else "has an unknown weight"
        raise UserError(f"The checkpoint {what} {odd[0]}.", allowed=", ".join(shapes))
    for name, shape in shapes.items():
        if network[name].shape != shape:
            raise UserError(
                f"The checkpoint's {name} has the shape {list(network[name].shape)}.",
                allowed=f"{list(shape)}, for vectors of {shapes[_ANSWER][1]} numbers",
            )
        if not np.isfinite(network[name]).all():
            raise UserError(f"The checkpoint's {name} holds numbers that are not finite.", allowed="finite weights")
