"""Vanilla in-context learning: a persona from counts of right answers, two model turns as examples, one call.

Of the paper that TASA names (Leong et al., CHI 2024) the part that tutors: context from what is known of the learner.
"""

from preceptor.tutor.variants.contract import Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.one_call import one_call

VANILLA_ICL = Variant(
    "vanilla-icl",
    Knows(memory=False, mastery=False, forgetting=False),
    policy="most-failed",
    prompts="vanilla-icl",
    strategy=one_call,
)
