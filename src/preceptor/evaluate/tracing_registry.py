"""Protocols of tracing evaluations by name."""

from preceptor.evaluate.cold_start import NewConcepts, NewQuestions
from preceptor.evaluate.tracing_protocols import LeakFree, PyktReading, TracingProtocol
from preceptor.evaluate.unordered import Unordered, UnorderedNewConcepts

PROTOCOLS: dict[str, TracingProtocol] = {
    protocol.name: protocol
    for protocol in (
        LeakFree(),
        PyktReading(),
        NewQuestions(),
        NewConcepts(),
        Unordered(),
        UnorderedNewConcepts(),
    )
}
"""Protocols by name."""
