from dataclasses import replace

import pytest

from preceptor.answers import Verdict, VerdictOutcome
from preceptor.curriculum import built_in_bank
from preceptor.domain import Bank, Distractor, Step, UserError
from preceptor.embed import LexicalEncoder
from preceptor.tutor import Answer, Proposal, answer_turn, opening_turn, reveals

NEXT = Proposal("round-1", "It has been a while since you rounded numbers.")
RIGHT, WRONG, UNKNOWN = VerdictOutcome.CORRECT, VerdictOutcome.WRONG, VerdictOutcome.DONT_KNOW


def said(outcome: VerdictOutcome, response: str = "", misconception_id: str = "", **more: int) -> Answer:
    message = "" if outcome in (RIGHT, WRONG, UNKNOWN) else "There is one sign too many."
    return Answer("live", "unlike-1", response, Verdict(outcome, message, misconception_id), **more)


@pytest.fixture
def reply(bank, encoder, known, now):
    recalls = {
        "add-unlike": known("add-unlike", 0.6, 0.412, 4, 1),
        "add-like": known("add-like", 0.9, 0.9, 6, 5),
        "rounding": known("rounding", 0.9, 0.85),
    }

    def turn(answer: Answer, history=(), upcoming: Proposal | None = NEXT):
        return answer_turn(answer, history, bank, recalls, now, encoder, upcoming)

    return turn


# The turns below are written out in full, so that a reader of the tests hears how the tutor speaks.


def test_a_first_miss_with_a_known_mix_up(reply, event):
    turn = reply(said(WRONG, "2/7", "adds-across"), [event("e1", "unlike-2", "2/7", days=3)])

    assert turn.feedback == (
        "$\\frac{2}{7}$ is not the answer yet.\n\n"
        "This answer often appears when someone adds the denominators too. "
        "The same mix-up happened three days ago.\n\n"
        "Parts of different size can't be counted together. Make them equal first.\n\n"
        "What do you get now?"
    )
    assert turn.next_question_id == "unlike-1"
    assert turn.why == ""
    assert turn.event_ids == ("e1",)


def test_a_second_miss_gets_the_whole_way(reply, event):
    turn = reply(said(WRONG, "5/7", tries=2), [event("e1", "unlike-2", "7/10", 1.0, days=5)])

    assert turn.feedback == (
        "$\\frac{5}{7}$ is not the answer yet.\n\n"
        "Let's go through it together.\n\n"
        "1. Rewrite both with denominator $12$: $\\frac{4}{12}$ and $\\frac{3}{12}$.\n"
        "2. Add the numerators: $4 + 3 = 7$, so the sum is $\\frac{7}{12}$.\n\n"
        "So the answer is $\\frac{7}{12}$.\n\n"
        "You last practised this five days ago, so some of it may have faded.\n\n"
        "I now put your recall of adding unlike fractions at about 41 %."
    )
    assert (turn.next_question_id, turn.why) == (NEXT.question_id, NEXT.why)
    assert turn.question == "Round $4{,}583$ to the nearest hundred."


def test_a_right_answer_after_an_earlier_miss(reply, event):
    turn = reply(said(RIGHT, "7/12"), [event("e1", "unlike-2", "2/7", days=3)])

    assert turn.feedback == (
        "That's right: $\\frac{7}{12}$. Three days ago a question like this went wrong. This time you had it.\n\n"
        "I now put your recall of adding unlike fractions at about 41 %."
    )
    assert turn.event_ids == ("e1",)


def test_a_welcome_back(bank, event, known, now):
    history = [event("e1", "unlike-2", "7/10", 1.0, days=8)]
    recalls = {"add-unlike": known("add-unlike", 0.81, 0.62)}

    turn = opening_turn(history, bank, recalls, now, Proposal("unlike-1", "It fades next."))

    assert turn.feedback == (
        "Hello again. Your last answer was eight days ago. Adding unlike fractions has faded since you "
        "practised it: your recall went from about 81 % to 62 %. Let's freshen it up."
    )
    assert turn.event_ids == ("e1",)


def test_a_new_student_gets_a_first_question_that_shows_where_to_start(bank, now):
    turn = opening_turn([], bank, {}, now, Proposal("round-1", "It tells most."))

    assert turn.feedback == (
        "Hello. We have not worked together yet, so this first question only shows me where to start. "
        "If it is new to you, say “I don't know”. That helps me too."
    )
    assert (turn.question, turn.why, turn.event_ids) == (bank.question["round-1"].text, "It tells most.", ())


def test_a_first_answer_of_a_new_student_is_answered_too(bank, encoder, now):
    turn = answer_turn(said(RIGHT, "7/12"), [], bank, {}, now, encoder, NEXT)

    assert turn.feedback == "That's right: $\\frac{7}{12}$."
    assert turn.event_ids == ()


def test_opening_on_something_new_or_without_times_claims_no_date(bank, event, known, now):
    history = [event("e1", "unlike-2", "7/10", 1.0, days=None)]

    new = opening_turn(history, bank, {}, now, NEXT)
    steady = opening_turn(history, bank, {"add-unlike": known("add-unlike", 0.6, 0.6)}, now, Proposal("unlike-1"))

    assert "ago" not in new.feedback + steady.feedback
    assert new.feedback.endswith("Today begins with something new.")
    assert steady.feedback.endswith("We go on with adding unlike fractions, where your recall is about 60 %.")


def test_a_first_miss_gets_one_nudge_not_the_answer(reply):
    turn = reply(said(WRONG, "5/7"))

    assert "Are the parts of the same size?" in turn.feedback
    assert "Which denominator" not in turn.feedback
    assert "{7}{12}" not in turn.feedback


def test_a_hint_that_was_seen_is_not_given_again(reply):
    assert "Which denominator fits both?" in reply(said(WRONG, "5/7", hints_opened=1)).feedback


def test_not_knowing_is_no_mistake(reply):
    first, second = reply(said(UNKNOWN)), reply(said(UNKNOWN, tries=2))

    assert "Are the parts of the same size?" in first.feedback
    assert first.next_question_id == "unlike-1"
    assert "So the answer is" in second.feedback
    for word in ("wrong", "not quite", "not yet"):
        assert word not in (first.feedback + second.feedback).lower()


@pytest.mark.parametrize("outcome", [VerdictOutcome.UNREADABLE, VerdictOutcome.UNDECIDED])
def test_what_was_not_scored_is_neither_right_nor_wrong_and_keeps_the_question(reply, outcome):
    turn = reply(said(outcome, "7//12", tries=2))

    assert "There is one sign too many." in turn.feedback
    assert "It does not count" in turn.feedback
    assert turn.next_question_id == "unlike-1"
    assert turn.event_ids == ()


def test_a_right_second_try_is_said_to_be_one_and_does_not_recall_the_first(reply, event):
    history = [event("first", "unlike-1", "2/7", days=0.001), event("live", "unlike-1", "7/12", 1.0, days=0)]

    turn = reply(said(RIGHT, "7/12", tries=2), history)

    assert "You got there on the next try." in turn.feedback
    assert "went wrong" not in turn.feedback
    assert turn.memories_cited == ()


def test_a_run_of_right_answers_and_a_bridged_gap_are_noticed(reply, event):
    run = [event(f"e{i}", "unlike-2", "7/10", 1.0, days=1) for i in range(3)]
    gap = [event("e1", "unlike-2", "7/10", 1.0, days=6)]

    assert "That makes four in a row on adding unlike fractions." in reply(said(RIGHT, "7/12"), run).feedback
    assert "You had not practised this for six days, and it was still there." in (
        reply(said(RIGHT, "7/12"), gap).feedback
    )


def test_an_answer_that_the_hints_gave_is_not_praised_as_the_students_own(reply, event):
    missed = [event("e1", "unlike-2", "2/7", days=3)]
    run = [event(f"e{i}", "unlike-2", "7/10", 1.0, days=1) for i in range(3)]

    turns = [reply(said(RIGHT, "7/12", hints_opened=3), past) for past in (missed, run, [])]
    turns.append(reply(said(RIGHT, "7/12", hints_opened=3, tries=2), missed))

    for turn in turns:
        assert turn.feedback.startswith(
            "Yes, $\\frac{7}{12}$ is right. The hints showed the way, so a question like it will come again."
        )
        assert turn.memories_cited == ()
        for praise in ("This time you had it", "Well done", "in a row", "You got there", "still there"):
            assert praise not in turn.feedback


def test_no_phrasing_of_an_answer_from_the_hints_praises_it(reply):
    openings = {
        reply(replace(said(RIGHT, "7/12", hints_opened=3), event_id=f"live{i}")).feedback.split(" The hints")[0]
        for i in range(20)
    }
    assert len(openings) == 3
    assert not any("worked" in opening for opening in openings)


def test_one_hint_of_three_leaves_the_success_to_the_student(reply, event):
    turn = reply(said(RIGHT, "7/12", hints_opened=1), [event("e1", "unlike-2", "2/7", days=3)])
    assert "This time you had it." in turn.feedback


def test_a_run_counts_credit(reply, event):
    copied = replace(event("e0", "unlike-2", "7/10", 1.0, days=1), correct=0.0)
    run = [copied, event("e1", "unlike-2", "7/10", 1.0, days=1), event("e2", "unlike-2", "7/10", 2 / 3, days=1)]

    assert "That makes three in a row" in reply(said(RIGHT, "7/12"), run).feedback
    assert "in a row" not in reply(said(RIGHT, "7/12"), [run[1], copied, run[2]]).feedback


def test_what_the_hints_gave_long_ago_has_not_faded(reply, event):
    copied = replace(event("e1", "unlike-2", "7/10", 1.0, days=5), correct=0.0)
    assert "faded" not in reply(said(WRONG, "5/7", tries=2), [copied]).feedback


def test_a_memory_without_time_is_recalled_without_a_date(reply, event):
    turn = reply(said(WRONG, "2/7", "adds-across"), [event("e1", "unlike-2", "2/7", days=None)])

    assert "The same mix-up happened before." in turn.feedback


def test_the_answer_itself_is_no_memory_of_itself(reply, event):
    turn = reply(said(WRONG, "2/7", "adds-across"), [event("live", "unlike-1", "2/7", days=0)])

    assert "same mix-up" not in turn.feedback


def test_the_last_answer_of_a_sitting_is_answered_and_nothing_follows(reply):
    turn = reply(said(RIGHT, "7/12"), upcoming=None)

    assert turn.feedback
    assert (turn.question, turn.why, turn.next_question_id) == ("", "", None)


def test_a_question_that_the_bank_lacks_is_refused(reply, bank, now):
    with pytest.raises(UserError, match="no question 'gone'"):
        reply(said(RIGHT, "7/12"), upcoming=Proposal("gone"))
    with pytest.raises(UserError, match="no question 'gone'"):
        reply(replace(said(RIGHT), question_id="gone"))
    with pytest.raises(UserError, match="no question 'gone'"):
        opening_turn([], bank, {}, now, Proposal("gone"))


def test_citations_resolve_and_turns_are_the_same_every_time(reply, event):
    history = [event(f"e{i}", ("unlike-1", "unlike-2", "like-1")[i % 3], "2/7", i % 2, days=9 - i) for i in range(8)]
    for answer in (said(WRONG, "2/7", "adds-across"), said(RIGHT, "7/12"), said(UNKNOWN, tries=2)):
        turn = reply(answer, history)
        assert set(turn.event_ids) <= {e.event_id for e in history}
        assert turn == reply(answer, history)
    assert turn.event_ids


PRAISE = ("well", "great", "good", "right", "correct", "yes")


def test_wrong_answers_are_never_praised_and_nothing_is_shouted(reply, event):
    for number in range(30):
        for outcome, tries in ((WRONG, 1), (WRONG, 2), (RIGHT, 1), (UNKNOWN, 1), (UNKNOWN, 2)):
            answer = replace(said(outcome, "5/7", tries=tries), event_id=f"event-{number}")
            text = reply(answer, [event("e1", "unlike-2", "2/7", days=3)]).feedback
            assert "!" not in text
            if outcome is WRONG:
                words = set(text.lower().replace(",", " ").replace(".", " ").split())
                assert words.isdisjoint(PRAISE)


def test_phrasing_varies_between_events(reply):
    texts = {reply(replace(said(WRONG, "5/7"), event_id=f"event-{i}")).feedback for i in range(40)}

    assert len(texts) >= 6


SECRET = "9988776655"


def test_no_turn_uses_key_steps_hints_or_distractors_of_the_next_question(now, event, known):
    bank = built_in_bank(3)
    hidden = tuple(
        replace(
            question,
            question_id=f"hidden-{question.question_id}",
            key=SECRET,
            options=(),
            steps=(Step(SECRET, question.concepts, SECRET),),
            hints=(SECRET, SECRET),
            distractors=(Distractor(SECRET, "adds-across"),),
        )
        for question in bank.questions
    )
    both = Bank(bank.concepts, bank.questions + hidden, bank.misconceptions)
    encoder = LexicalEncoder(32).fit([question.text for question in bank.questions])
    recalls = {concept.concept_id: known(concept.concept_id, 0.7, 0.5) for concept in bank.concepts}
    for question, following in zip(bank.questions, hidden, strict=True):
        history = [event("e1", question.question_id, "1", days=4)]
        answer = Answer("live", question.question_id, question.key, Verdict(RIGHT))
        turns = [opening_turn(history, both, recalls, now, Proposal(following.question_id, "next"))]
        for verdict, tries in ((RIGHT, 1), (WRONG, 1), (WRONG, 2), (UNKNOWN, 2)):
            given = replace(answer, verdict=Verdict(verdict), tries=tries)
            turns.append(answer_turn(given, history, both, recalls, now, encoder, Proposal(following.question_id)))
        assert SECRET not in repr(turns)


def test_every_named_mix_up_of_the_built_in_course_reads_well_and_keeps_the_secret(now, known):
    bank = built_in_bank(3)
    encoder = LexicalEncoder(32).fit([question.text for question in bank.questions])
    for question in bank.questions:
        for distractor in question.distractors:
            verdict = Verdict(WRONG, misconception_id=distractor.misconception_id)
            answer = Answer("live", question.question_id, distractor.answer, verdict)
            text = answer_turn(answer, [], bank, {}, now, encoder, None).feedback
            assert text.count("$") % 2 == 0
            assert "  " not in text
            _, _, after_the_own_answer = text.partition("\n\n")
            assert not reveals(after_the_own_answer, question)
