"""What happens live: answers, sittings, the question on the screen, names, reports."""

from preceptor.store.contests import Authority, Contest, Correction
from preceptor.store.contract import Exclusion, KeyReport, Pending, Sitting, Store
from preceptor.store.dialogues import StoredDialogue
from preceptor.store.history import join_history
from preceptor.store.personas import PersonaVersion
from preceptor.store.sqlite import SqliteStore
from preceptor.store.turns import TutorTurn

__all__ = [
    "Authority",
    "Contest",
    "Correction",
    "Exclusion",
    "KeyReport",
    "Pending",
    "PersonaVersion",
    "Sitting",
    "SqliteStore",
    "Store",
    "StoredDialogue",
    "TutorTurn",
    "join_history",
]
