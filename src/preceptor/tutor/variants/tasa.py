"""Our tutor: persona, memory and forgetting on verified content."""

from preceptor.tutor.variants.contract import Knows, Variant

TASA = Variant("tasa", Knows(), prompts="tutor")
