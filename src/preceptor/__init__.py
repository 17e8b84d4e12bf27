"""Preceptor: knowledge tracing, forgetting, recommendation and tutoring on one student state."""

__version__ = "0.1.0"
