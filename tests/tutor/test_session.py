"""A turn's words: the verdict first, drafts past the guard, the deterministic text wherever a draft ends early."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.llm import Failure, FailureKind
from preceptor.tutor import Answer, Intent, Proposal, Situation
from preceptor.tutor.composer import Composer
from preceptor.tutor.guard import Reason, Refused, Released, SentenceGuard
from preceptor.tutor.session import Spoken, spoken
from preceptor.tutor.situation import Tag
from preceptor.tutor.speaker import Ended


class PassGuard:
    """Releases everything but what is asked for; remembers what it was shown."""

    def __init__(self, refuses=()):
        self.refuses, self.seen = refuses, []

    def check(self, sentence, shown):
        self.seen.append((sentence, shown))
        return Refused(Reason.LEAK, "asked for") if sentence in self.refuses else Released(sentence)


class Script:
    """Speaks what it was given, and says whether it was closed."""

    def __init__(self, *items):
        self.items, self.heard = items, 0

    def speak(self, situation):
        for item in self.items:
            self.heard += 1
            yield item


@pytest.fixture
def situation(bank):
    verdict = Verdict(VerdictOutcome.WRONG, misconception_id="adds-across")
    answer = Answer("e1", "unlike-1", "2/7", verdict, tries=2)
    return Situation(
        "ann", 1e9, 1, 10, bank, (), {}, bank.question["unlike-1"], message="2/7", intent=Intent.ANSWER, answer=answer,
        upcoming=Proposal("unlike-2"),
    )  # fmt: skip


@pytest.fixture
def wondering(bank):
    return Situation(
        "ann", 1e9, 1, 10, bank, (), {}, bank.question["unlike-2"], message="what is that?", intent=Intent.QUESTION,
        tags=(Tag("add-unlike", 1.0),),
    )  # fmt: skip


def said(situation, speaker, guard=None):
    words = Composer().words(situation)
    *pieces, last = spoken(situation, words, speaker, guard or PassGuard())
    assert isinstance(last, Spoken)
    assert "".join(pieces) == last.text
    return pieces, last, words


def test_without_a_speaker_the_words_are_the_deterministic_ones(situation):
    _, last, words = said(situation, None)

    assert last.text == words.text
    assert not last.by_model


def test_the_verdict_is_the_first_piece_and_the_answer_the_last_word(situation):
    pieces, last, words = said(situation, Script("Parts differ in size. ", "Make them equal."))

    assert pieces[0] == words.verdict != ""
    assert last.text.startswith(f"{words.verdict} Parts differ in size. Make them equal.")
    assert last.text.endswith(r"So the answer is $\frac{7}{12}$.")
    assert (last.counters.released, last.counters.fell_back, last.by_model) == (2, False, True)


def test_an_answer_that_the_draft_gives_is_not_given_twice(situation):
    _, last, _ = said(situation, Script(r"Together they make $\frac{7}{12}$."))

    assert "So the answer is" not in last.text


ITEMS = st.lists(
    st.sampled_from(["Good. ", "Bad. ", "Add them.\n\n", Ended(Failure(FailureKind.TIMEOUT)), Ended()]), max_size=5
)


@given(items=ITEMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_speaker_does_the_turn_is_whole_and_the_verdict_stands_once(situation, items):
    words = Composer().words(situation)
    *pieces, last = spoken(situation, words, Script(*items), PassGuard(refuses=("Bad.",)))

    assert "".join(pieces) == last.text
    assert last.text.count(words.verdict) == 1
    assert last.text.startswith(words.verdict)
    assert "Bad." not in last.text
    if last.counters.fell_back:
        assert last.text.endswith(words.rest.strip())
        assert sum(last.counters.refused.values()) + sum(last.counters.failed.values()) == 1
    else:
        assert last.counters.released >= 1


@pytest.mark.parametrize("kind", list(FailureKind))
def test_a_failure_behind_released_sentences_leaves_them_and_says_the_rest(kind, situation):
    _, last, words = said(situation, Script("First. ", Ended(Failure(kind, "why"))))

    assert last.text == f"{words.verdict} First.\n\n{words.rest.strip()}"
    assert last.counters.failed == {kind.value: 1}


def test_a_failure_before_the_first_sentence_leaves_no_trace_in_the_text(situation):
    _, last, words = said(situation, Script(Ended(Failure(FailureKind.RATE_LIMITED))))

    assert last.text == words.text
    assert not last.by_model


def test_an_empty_draft_counts_as_failed(situation):
    assert said(situation, Script())[1].counters.failed == {"invalid": 1}


def test_nothing_is_heard_behind_a_refused_sentence(situation):
    script = Script("First. ", "Secret. ", "Third. ", Ended())
    _, last, _ = said(situation, script, PassGuard(refuses=("Secret.",)))

    assert script.heard == 2
    assert last.counters.refused == {"leak": 1}


def test_the_guard_sees_the_next_question_what_was_said_and_what_is_over(situation):
    guard = PassGuard()
    _, _, words = said(situation, Script("One. ", "Two."), guard)
    (_, first), (_, second) = guard.seen

    assert first.question.question_id == "unlike-2"
    assert first.closed.question_id == "unlike-1"
    assert not first.may_show_key
    assert second.texts[-1] == f"{words.verdict} One."
    assert second.student_said[-1] == "2/7"


def test_a_free_answer_passes_the_guard_even_without_a_model(wondering):
    words = Composer().words(wondering)
    refused = words.text.split("\n\n")[0]
    _, last, _ = said(wondering, None, PassGuard(refuses=(refused, refused.split(". ")[0] + ".")))

    assert last.counters.refused == {"leak": 1}
    assert "too much away" in last.text


def test_the_guard_keeps_the_key_of_the_open_question(wondering, bank):
    _, last, words = said(wondering, Script("Look. ", r"It is $\frac{7}{10}$."), SentenceGuard())

    assert last.counters.refused == {"leak": 1}
    assert "7}{10" not in last.text
    assert words.text in last.text
    shown = replace(wondering, question=bank.question["unlike-1"], hints_opened=3)
    assert said(shown, Script(r"It is $\frac{7}{12}$."), SentenceGuard())[1].counters.refused == {}
