import pytest

from preceptor.domain import UserError
from preceptor.language import LANGUAGES, Catalogue, catalogue


def test_english_needs_no_catalogue():
    english = catalogue("preceptor.curriculum", "en")
    assert english("Never translated.") == "Never translated."
    assert not english.lacks("Never translated.")


def test_german_is_read_from_the_catalogues():
    german = catalogue("preceptor.curriculum", "de")
    assert german("Percent means out of one hundred.").startswith("Prozent")
    assert german("Never translated.") == "Never translated."
    assert german.lacks("Never translated.")
    assert not german.lacks("")


def test_an_unknown_language_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="klingon") as caught:
        catalogue("preceptor.curriculum", "klingon")
    assert all(language in str(caught.value) for language in LANGUAGES)


def test_only_translated_and_settled_entries_count(tmp_path, monkeypatch):
    package = tmp_path / "spoken"
    (package / "locale" / "de").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "locale" / "de" / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Yes"\nmsgstr "Ja"\n\nmsgid "No"\nmsgstr ""\n\n#, fuzzy\nmsgid "Perhaps"\nmsgstr "Nie"\n'
    )
    (package / "locale" / "de" / "notes.txt").write_text("no catalogue")
    monkeypatch.syspath_prepend(tmp_path)
    assert catalogue("spoken", "de") == Catalogue("de", {"Yes": "Ja"})
