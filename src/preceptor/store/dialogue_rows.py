"""Dialogues with other tutors, as they were imported: whole, without dates, each once."""

import json

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from preceptor.domain import digest
from preceptor.store.dialogues import StoredDialogue
from preceptor.store.schema import imported_dialogues


def keep(connection: Connection, dialogue: StoredDialogue) -> None:
    """Insert a dialogue; one that is there already changes nothing."""
    written = json.dumps(list(dialogue.utterances), ensure_ascii=False, sort_keys=True)
    about = {"student_id": dialogue.student_id, "tutor": dialogue.tutor, "concept": dialogue.concept}
    values = {"dialogue_id": digest(*about.values(), written), **about, "utterances_json": written}
    connection.execute(insert(imported_dialogues).values(values).on_conflict_do_nothing())


def all_of(connection: Connection, student_id: str) -> tuple[StoredDialogue, ...]:
    """A student's dialogues, by tutor and concept."""
    kept = imported_dialogues.c
    statement = select(kept.student_id, kept.tutor, kept.concept, kept.utterances_json)
    named = statement.where(kept.student_id == student_id).order_by(kept.tutor, kept.concept, kept.dialogue_id)
    rows = connection.execute(named)
    return tuple(StoredDialogue(student, tutor, concept, json.loads(said)) for student, tutor, concept, said in rows)
