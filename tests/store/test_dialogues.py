from preceptor.store import StoredDialogue

SAID = [{"by_tutor": False, "round": 0, "text": "Ich möchte üben."}, {"by_tutor": True, "round": 1, "text": "Gern."}]


def test_a_dialogue_is_kept_once_and_read_back(store):
    told = StoredDialogue("ann", "TASA", "discount", SAID)
    other = StoredDialogue("ann", "TASA", "area", SAID[:1])
    store.keep_dialogues([told, other])
    store.keep_dialogues([told])

    assert store.dialogues("ann") == (other, told)
    assert store.dialogues("bob") == ()


def test_dialogues_are_exported_and_leave_with_their_student(store):
    store.keep_dialogues([StoredDialogue(name, "TASA", "discount", SAID) for name in ("ann", "bob")])

    assert len(store.export_student("ann")["imported_dialogues"]) == 1
    assert store.delete_student("ann") == 1
    assert store.dialogues("ann") == ()
    assert len(store.dialogues("bob")) == 1
