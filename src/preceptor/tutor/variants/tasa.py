"""Our tutor: persona, memory and forgetting on verified content."""

from preceptor.tutor.variants.contract import Knows, Variant
from preceptor.tutor.variants.one_call import one_call

TASA = Variant("tasa", Knows(), prompts="tutor", strategy=one_call, composes=True)
