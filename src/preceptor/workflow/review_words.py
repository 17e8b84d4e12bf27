"""What a teacher decided, in a sentence."""

from preceptor.annotate.review_events import (
    AcceptLabel,
    Action,
    AddConcept,
    AddLabel,
    ConceptRef,
    ConfirmPrerequisite,
    EditSteps,
    MergeConcepts,
    MoveLabel,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    SplitConcept,
    Undo,
)
from preceptor.workflow.review_views import Told

SENTENCES: dict[type[Action], str] = {
    AcceptLabel: "“{concept}” is right for a question",
    RemoveLabel: "“{concept}” is wrong for a question",
    AddLabel: "A question got “{concept}”",
    MoveLabel: "A question went from “{source}” to “{target}”",
    AddConcept: "New concept “{name}”",
    RenameConcept: "“{concept}” is now called “{name}”",
    MergeConcepts: "“{merged}” was merged into “{into}”",
    SplitConcept: "“{concept}” was split: {parts}",
    ConfirmPrerequisite: "“{concept}” needs “{needs}”",
    RemovePrerequisite: "“{concept}” does not need “{needs}”",
    EditSteps: "The steps of a question were changed",
    Undo: "A decision was taken back",
}


def told(action: Action) -> Told:
    """Say what was decided."""
    named = {
        name: value.name if isinstance(value, ConceptRef) else str(value)
        for name in ("concept", "source", "target", "merged", "into", "needs", "name")
        if (value := getattr(action, name, None)) is not None
    }
    parts = {"parts": ", ".join(part.name for part in action.parts)} if isinstance(action, SplitConcept) else {}
    return Told(SENTENCES[type(action)], named | parts)
