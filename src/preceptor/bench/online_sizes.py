"""Networks that are measured beside the registered tracers."""

FOUR_BLOCKS = "akt-4"
LARGER = {FOUR_BLOCKS: "akt"}
"""Name of the part → the tracer whose limits it has."""
