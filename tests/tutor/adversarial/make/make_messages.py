"""Makes the rows of messages from wordings and questions."""

import random

from make_answers import exact, number_fields
from questions import FRACTIONS, NUMBERS, QUANTITIES
from wordings import W

RNG = random.Random(11_2026)
CHOICES = ("q7f3965d6d3c04f0337dc", "q18278e3ea6128a5f545b", "qd46524306ed2f9c8a004", "q1616bd0d07c4de075d49", "q81ccff12d510a52b99af",
           "q8e74fa98594cccd95f65", "q22cf89f7ef1d9eb96205", "q5f56dbf016f4008171a0")
EXPRESSIONS = ("q53a303887859572f61e2", "q45897f43f685f212248f", "q23a6b4855a4eaeaac80f", "q7698874321211f0967b2", "q2fc1fb5500a99eca5dd2")
SPECIAL = ("q5ad8f71a344a746a06da", "q2cf63eeb1285b3e86744", "q8908dd9f2c378e181362", "q3be9381f7502eda51d60", "q05641442a7705f08bd91", "qaac86c5594a1491a8bff")
LARGE = tuple(q for q in NUMBERS if exact(NUMBERS[q]) > 2)
POOLS = {"number": LARGE, "fraction": tuple(FRACTIONS), "choice": CHOICES, "expression": EXPRESSIONS, "quantity": tuple(QUANTITIES), "special": SPECIAL}
POOLS["any"] = LARGE + tuple(FRACTIONS) + CHOICES + EXPRESSIONS + tuple(QUANTITIES) + SPECIAL


def rows():
    made = []
    for cls, language, course, gold, turns, pool, person in W:
        for qid in RNG.sample(POOLS[pool], 2):
            fields = number_fields(exact(NUMBERS[qid])) if qid in NUMBERS else {}
            intent, may_refuse, must_help, may_score, forbidden = gold
            said = [t.format(**fields) if pool in ("number", "choice") or "{{" in t else t for t in turns]
            made.append({"class": cls, "language": language, "course": course, "messages": said, "about": qid,
                         "gold": {"intent": intent, "may_refuse": may_refuse, "must_help": must_help, "may_score": may_score,
                                  "forbidden": forbidden, "must_point_to_person": person},
                         "split_by": "|".join((course, *turns))})
    return made
