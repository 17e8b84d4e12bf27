"""Names of the files beside a saved tracer."""

MIND_FILE, METRICS_FILE = "mind.json", "metrics.json"
