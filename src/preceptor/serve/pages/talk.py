"""The messages of a conversation: as they come, and with a way to contest a grade."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from preceptor.serve.elements import box, markup, words
from preceptor.serve.maths import maths_html
from preceptor.serve.pages.contest_fold import contest_fold, standing
from preceptor.serve.ports import DONT_KNOW
from preceptor.serve.prose import prose_html
from preceptor.serve.tongue import say
from preceptor.serve.words import count
from preceptor.workflow.views import ContestView, TutorMessage

SPEAKERS = {"tutor": "Tutor", "student": "You"}
CLAIM = "I think I was right."
Contest = Callable[[str, str], Awaitable[ContestView]]


class Talk:
    """The log of a conversation.

    Args:
        contest: Receives the answer whose grade is contested, and the student's words.
    """

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._log = box("div", "messages", role="log", aria_live="polite", tabindex="0")

    def tell(self, message: TutorMessage) -> None:
        """Add a message at the end."""
        with self._log:
            self._draw(message)

    def part(self, text: str) -> None:
        """Part what follows from what was said before."""
        with self._log:
            words("p", text, "parting muted small")

    def begin(self, message: str) -> "Exchange":
        """Add what the student says, and the place of the reply."""
        with self._log:
            return Exchange(box("div", "waiting", data_reveal=""), message, self._draw)

    def _draw(self, message: TutorMessage) -> None:
        from_tutor = message.role == "tutor"
        with bubble(message.role):
            markup("div", prose_html(message.text) if from_tutor else _said(message.text), "message-text")
            if message.cites:
                told = say("Rests on {answers}", answers=count(len(message.cites), "earlier answer"))
                words("span", told, "muted small")
            if message.contest:
                standing(message.contest)
            elif message.outcome == "wrong" and message.event_id:
                self._offer(message.event_id)

    def _offer(self, event_id: str) -> None:
        async def contest(note: str) -> ContestView:
            found = await self._contest(event_id, note)
            self.tell(TutorMessage("student", note or say(CLAIM)))
            self.tell(TutorMessage("tutor", found.message))
            return found

        contest_fold(contest)


class Exchange:
    """One message of the student and the reply to it while it comes.

    Args:
        place: Filled and emptied here.
        message: What the student says.
        draw: Draws a message that is complete.
    """

    def __init__(self, place: ui.element, message: str, draw: Callable[[TutorMessage], None]) -> None:
        self._place, self._draw, self._text = place, draw, ""
        with place:
            draw(TutorMessage("student", message))
            self._reply = bubble("tutor")
            # The whole message is read out at its end: a screen reader would begin again with every sentence.
            self._reply.props["aria-busy"] = "true"
            with self._reply:
                self._face = words("div", say("The tutor is thinking …"), "message-text muted").mark("coming")

    def add(self, piece: str) -> None:
        """Show some more of the reply."""
        if self._face.is_deleted:
            return
        self._text += piece
        self._face.classes(remove="muted")
        self._face.set_content(prose_html(self._text))

    def end(self, messages: tuple[TutorMessage, ...]) -> None:
        """Show the exchange as it is on record."""
        if self._place.is_deleted:
            return
        self._place.clear()
        with self._place:
            for message in messages:
                self._draw(message)

    def undo(self) -> None:
        """Take the exchange away: nothing of it counts."""
        self._place.delete()


def bubble(role: str) -> ui.element:
    """The frame of a message, with who speaks."""
    speaker = "tutor" if role == "tutor" else "student"
    with box("article", f"message {speaker}") as frame:
        words("span", say(SPEAKERS[speaker]), "speaker")
    return frame


def _said(text: str) -> str:
    return f"<p>{maths_html(say(DONT_KNOW) if text == DONT_KNOW else text)}</p>"
