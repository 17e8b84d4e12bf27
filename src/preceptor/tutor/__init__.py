"""The tutor: what it knows of a student in words, and what it says in a turn. Pure functions of the history."""

from preceptor.tutor.chat import Intent, MessageReply, intent_of, reply_to_message, response_in
from preceptor.tutor.diagnosis import misconception_of
from preceptor.tutor.feedback import TRIES, Answer, Background, Feedback, feedback
from preceptor.tutor.memory import Memory, memories
from preceptor.tutor.nudge import nudge, reveals
from preceptor.tutor.persona import PersonaEntry, persona
from preceptor.tutor.retrieval import Query, retrieve_memories, retrieve_persona
from preceptor.tutor.turn import Proposal, Turn, answer_turn, opening_turn

__all__ = [
    "TRIES",
    "Answer",
    "Background",
    "Feedback",
    "Intent",
    "Memory",
    "MessageReply",
    "PersonaEntry",
    "Proposal",
    "Query",
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
