"""Our tutor without one of its parts; everything else stays."""

from preceptor.tutor.variants.contract import Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.one_call import one_call

NO_PERSONA = Variant("tasa-no-persona", Knows(persona=False), prompts="tutor", strategy=one_call, composes=True)
NO_MEMORY = Variant("tasa-no-memory", Knows(memory=False), prompts="tutor", strategy=one_call, composes=True)
NO_FORGETTING = Variant(
    "tasa-no-forgetting", Knows(forgetting=False), prompts="tutor", strategy=one_call, composes=True
)
