"""The tutor: what it knows of a student in words, and what it says in a turn. Pure functions of the history."""

from preceptor.tutor.answer import TRIES, Answer
from preceptor.tutor.chat import MessageReply, reply_to_message
from preceptor.tutor.counters import Counters
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.feedback import Background, Feedback, feedback
from preceptor.tutor.guard import reveals
from preceptor.tutor.intent import Intent
from preceptor.tutor.intention import intent_of
from preceptor.tutor.memory import Memory, memories
from preceptor.tutor.memory_index import Found, MemoryIndex
from preceptor.tutor.nudge import nudge
from preceptor.tutor.persona import PersonaEntry, persona
from preceptor.tutor.proposal import Proposal
from preceptor.tutor.query import Query
from preceptor.tutor.ranking import Fading, Ranking
from preceptor.tutor.retrieval import retrieve_memories, retrieve_persona
from preceptor.tutor.said_answer import response_in
from preceptor.tutor.situation import Profile, Said, Situation, Tag
from preceptor.tutor.speaker import Ended, Speaker
from preceptor.tutor.turn import Turn, answer_turn, opening_turn

__all__ = [
    "TRIES",
    "Answer",
    "Background",
    "Counters",
    "Ended",
    "Fading",
    "Feedback",
    "Found",
    "Intent",
    "Memory",
    "MemoryIndex",
    "MessageReply",
    "PersonaEntry",
    "Profile",
    "Proposal",
    "Query",
    "Ranking",
    "Said",
    "Situation",
    "Speaker",
    "Tag",
    "Turn",
    "answer_turn",
    "feedback",
    "intent_of",
    "memories",
    "misconception_of",
    "nudge",
    "opening_turn",
    "persona",
    "reply_to_message",
    "response_in",
    "retrieve_memories",
    "retrieve_persona",
    "reveals",
]
