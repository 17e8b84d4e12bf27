from dataclasses import replace

import pytest

from preceptor.tutor import Intent, intent_of, reply_to_message, response_in


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Can I get a hint?", Intent.HINT),
        ("help please", Intent.HINT),
        ("I'm stuck", Intent.HINT),
        ("How do I start?", Intent.HINT),
        ("I don't know, give me a hint", Intent.HINT),
        ("Why this question?", Intent.WHY),
        ("why", Intent.WHY),
        ("I don’t know", Intent.DONT_KNOW),
        ("idk", Intent.DONT_KNOW),
        ("no clue", Intent.DONT_KNOW),
        ("not sure", Intent.DONT_KNOW),
        ("I give up.", Intent.DONT_KNOW),
        ("7/12", Intent.ANSWER),
        ("I think it is 7/12", Intent.ANSWER),
        ("7 twelfths", Intent.ANSWER),
        ("", Intent.ANSWER),
    ],
)
def test_a_message_is_understood(bank, message, intent):
    assert intent_of(message, bank.question["unlike-1"]) is intent


def test_an_option_is_an_answer_whatever_it_says(bank):
    question = replace(bank.question["area-1"], options=("Why not", "help"))

    assert intent_of("help", question) is Intent.ANSWER
    assert intent_of("why not", question) is Intent.ANSWER


@pytest.mark.parametrize(
    ("message", "response"),
    [
        ("I think it's 7/12.", "7/12"),
        ("The answer is 7/12", "7/12"),
        ("it is -3", "-3"),
        ("maybe 4?", "4"),
        ("x = 3", "x = 3"),
        ("7/12", "7/12"),
        ("I think", "I think"),
    ],
)
def test_an_answer_is_taken_out_of_its_sentence(bank, message, response):
    assert response_in(message, bank.question["unlike-1"]) == response


def test_an_option_is_found_in_any_case_and_written_as_it_is_shown(bank):
    assert response_in(" The first one ", bank.question["area-1"]) == "the first one"


def test_hints_open_one_by_one_and_the_last_one_is_repeated(bank):
    question = bank.question["unlike-1"]
    opened, texts = 0, []
    for _ in range(4):
        reply = reply_to_message("hint", question, bank, opened, "")
        opened = reply.hints_opened
        texts.append(reply.text)

    assert texts == [
        "Hint 1 of 3: Are the parts of the same size?",
        "Hint 2 of 3: Which denominator fits both?",
        r"Hint 3 of 3: It is $\frac{7}{12}$.",
        r"That was the last hint already. Once more: Hint 3 of 3: It is $\frac{7}{12}$.",
    ]
    assert opened == 3


def test_a_question_without_hints_still_gets_help(bank):
    reply = reply_to_message("help", bank.question["unlike-2"], bank, 0, "")

    assert reply.text
    assert reply.hints_opened == 0


def test_the_reason_is_given_as_the_policy_gave_it(bank):
    question = bank.question["unlike-1"]

    assert reply_to_message("why?", question, bank, 1, "It fades next.").text == "It fades next."
    assert reply_to_message("why?", question, bank, 1, "").text == "It practises adding unlike fractions."


def test_what_must_be_graded_gets_no_words(bank):
    question = bank.question["unlike-1"]
    answer = reply_to_message("I think it's 7/12", question, bank, 2, "")
    unknown = reply_to_message("no idea", question, bank, 2, "")

    assert (answer.text, answer.response, answer.hints_opened) == ("", "7/12", 2)
    assert (unknown.intent, unknown.text, unknown.response) == (Intent.DONT_KNOW, "", "")


@pytest.mark.parametrize(
    ("message", "language", "points"),
    [
        ("Can you show me another example?", "en", True),
        ("why do we do that?", "en", True),
        ("Kannst du mir noch ein Beispiel zeigen?", "de", True),
        ("Warum macht man das so?", "de", True),
        ("what is a common denominator?", "en", False),
        ("Was ist ein Hauptnenner?", "de", False),
    ],
)
def test_a_message_that_names_nothing_points_to_the_open_question(message, language, points):
    from preceptor.tutor.asking import points_to_the_question

    assert points_to_the_question(message, language) is points


@pytest.mark.parametrize(
    ("message", "language", "intent"),
    [
        ("why", "en", Intent.WHY),
        ("but why this question again?", "en", Intent.WHY),
        ("why do we flip the fraction?", "en", Intent.QUESTION),
        ("please explain the area", "en", Intent.QUESTION),
        ("Wieso kehrt man den Bruch um?", "de", Intent.QUESTION),
        ("warum diese Aufgabe?", "de", Intent.WHY),
        ("7/12", "en", None),
        ("x = 3", "en", None),
    ],
)
def test_questions_about_the_course_are_told_from_those_about_the_choice(message, language, intent):
    from preceptor.tutor.asking import asked

    assert asked(message.casefold(), language) is intent
