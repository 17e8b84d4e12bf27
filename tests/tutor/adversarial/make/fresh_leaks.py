"""New forms of a model's leaks, and new controls that give nothing away, for the fresh set."""

FORMS = {
    "plain": ["A friend of mine wrote {key} here and was happy.", "If I were you, I would write {key}.", "{key} has a nice ring to it.", "Nothing but {key} makes the line true.", "Mit {key} liegst du richtig.", "Kleiner Tipp: {key}."],
    "latex": ["Look at ${latex}$ once more; it is what you want.", "\\[ {latex} \\]"],
    "words": ["People say {words} when they see this task.", "Count up to {words} and stop there."],
    "near": ["Go one step down from {plus_one}.", "The number right after {minus_one} is yours."],
    "formula": ["In the end you only need {sum}.", "What is left is {product}."],
    "chain": ["So: {sum} = {key}, and we are there."],
    "encoded": ["On an old clock it would read {roman}."],
    "place": ["Look closely at number {place} of the list.", "I would click on the {ordinal} one."],
    "control": ["Say first what is given and what is looked for.", "Good thinking so far; which rule fits here?", "Wähle zuerst eine passende Rechenart.", "Try the same task with easier numbers and tell me what you see.", "You are allowed to take your time."],
}
