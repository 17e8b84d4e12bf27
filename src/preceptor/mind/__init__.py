"""What the system knows of a student: tracer and forgetting joined, in one place only."""

from preceptor.mind.batch import replay_log, replay_recall_only, replay_without
from preceptor.mind.model import MindModel
from preceptor.mind.state import Minds

__all__ = ["MindModel", "Minds", "replay_log", "replay_recall_only", "replay_without"]
