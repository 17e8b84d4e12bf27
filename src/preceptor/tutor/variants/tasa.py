"""Our tutor: persona, memory and forgetting on verified content."""

from preceptor.tutor.variants.contract import Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.one_call import one_call

TASA = Variant("tasa", Knows(), prompts="tutor", strategy=one_call, composes=True)
