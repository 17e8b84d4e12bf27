"""Names of the files beside a saved tracer."""

MIND_FILE, METRICS_FILE = "mind.json", "metrics.json"
ENCODER_FOLDER = "encoder"
"""The text encoder of the training, so that a text that comes later gets its vector in the same space."""

LABELS_FILE = "labels.json"
"""Question id → ids of the concepts it had when the model was trained."""
