import json
import re

import pytest

from preceptor.evaluate.judging_dialogues.cases import Case, Unit
from preceptor.llm import Reply, ScriptedModel
from preceptor.tutor.situation import Said

TOPICS = ("fractions", "angles", "decimals", "ratios")


def tutor(text):
    return (Said("tutor", text),)


@pytest.fixture
def cases():
    """Twenty students with two replies each: `fitting` speaks of the student's own weakness, `plain` of none."""
    return tuple(
        Case(
            f"c{i}-{j}",
            f"s{i}",
            Unit.RESPONSE,
            (f"Forgets {TOPICS[(i + j) % 4]}.", f"Answers: {i}."),
            {
                "fitting": tutor(f"Let us come back to {TOPICS[(i + j) % 4]}."),
                "plain": tutor("Look at the worked solution again, line by line, please."),
            },
            (Said("student", "2/7"),),
            concepts=("adding",),
        )
        for i in range(20)
        for j in range(2)
    )


@pytest.fixture
def scripted_judge():
    """A judge by a function of (profile A or the profile, profile B, words A, words B) → "A", "B" or "tie"."""

    def made(choose):
        def answer(request):
            better = choose(*parts(request.messages[-1].text))
            return Reply(json.dumps({"reason": "because", "better": better}))

        return ScriptedModel(answer)

    return made


def parts(text):
    """What a judge is shown, in the order of the prompt."""
    body = re.split(r"DAT(?:A|EN)\n", text)[1]
    return [piece.strip() for piece in re.split(r"^[^\n:-]+: ?", body, flags=re.MULTILINE)[1:]]


@pytest.fixture
def by_topic(scripted_judge):
    """Prefers words that name what the profile says is forgotten; knows nothing else."""

    def choose(profile, prior, first, second):
        (topic,) = re.findall(r"Forgets (\w+)", profile)
        if (topic in first) == (topic in second):
            return "tie"
        return "A" if topic in first else "B"

    return scripted_judge(choose)
