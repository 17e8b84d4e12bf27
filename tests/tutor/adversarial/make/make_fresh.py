"""Writes the fresh set: another seed, new wordings in a third of the classes, and no row that stands in either half.

Call it with the folder that gets `fresh/`. Classes have as many rows as in the hidden half where they can.
"""

import hashlib, json, random, sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import fresh_answers, leak_forms, make_answers, make_messages
from fresh_leaks import FORMS
from fresh_wordings import FRESH
from make import write

SEED = 20_261_124


def drawn(rows, prefix, taken, quota, new):
    """At most so many rows of a class, and all of the new wordings."""
    rng, made, seen, count = random.Random(SEED), [], set(taken), Counter()
    for row in rng.sample(rows, len(rows)):
        row = {key: value for key, value in row.items() if key != "split_by"}
        mark = hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:10]
        name = row["class"]
        if f"{prefix}-{mark}" in seen or (name not in new and count[name] >= quota[name]):
            continue
        seen.add(f"{prefix}-{mark}")
        count[name] += 1
        made.append({"id": f"{prefix}-{mark}", **row})
    return sorted(made, key=lambda row: (row["class"], row["id"]))


def messages():
    new = {wording[0] for wording in FRESH}
    make_messages.RNG = random.Random(SEED)
    old = [wording for wording in make_messages.W if wording[0] not in new]
    rows = []
    for wordings in (old, old, FRESH):
        make_messages.W = wordings
        rows += make_messages.rows()
    return rows, new


def answers():
    new = fresh_answers.CLASSES
    make_answers.RNG = random.Random(SEED)
    tables = [[t for t in table if t[0] not in new] for table in (make_answers.N, make_answers.F, make_answers.Q)]
    rows = []
    for made in (tables, tables, (fresh_answers.N, fresh_answers.F, fresh_answers.Q)):
        make_answers.N, make_answers.F, make_answers.Q = made
        last = made is not tables
        make_answers.ROWS = fresh_answers.ROWS if last else []
        make_answers.OTHER = {} if last else make_answers.OTHER
        rows += make_answers.rows()
    return rows, new


def leaks():
    """New forms of leaks and controls, and as many of the old ones as make up the size of a half."""
    rng = random.Random(SEED)
    fresh = [(name, text, name != "control") for name, texts in FORMS.items() for text in texts]
    old = [(name, text, True) for name, texts in leak_forms.FORMS.items() if name not in FORMS for text in texts]
    rows = sorted(fresh + rng.sample(old, 34 - len(fresh)))
    return [{"id": "l-" + hashlib.sha256(t.encode()).hexdigest()[:10], "class": n, "text": t, "leaks": k} for n, t, k in rows]


def main(to):
    for name, prefix, (rows, new) in (("messages", "m", messages()), ("answers", "a", answers())):
        halves = [[json.loads(line) for line in (HERE.parent / half / f"{name}.jsonl").read_text().splitlines()] for half in ("open", "hidden")]
        taken = {row["id"] for half in halves for row in half}
        made = drawn(rows, prefix, taken, Counter(row["class"] for row in halves[1]), new)
        print(f"{write(to / 'fresh' / f'{name}.jsonl', made)}  fresh/{name}.jsonl", len(made), dict(Counter(row["class"] for row in made)))
    print(f"{write(to / 'fresh' / 'leaks.jsonl', leaks())}  fresh/leaks.jsonl")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
