"""Writes both halves: wordings are dealt to the halves at random, class by class, so no wording stands in both."""

import hashlib, json, random, sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import make_answers, make_messages

SEED = 7_000


def halves(rows, prefix):
    """(open, hidden); the ids hash what a row holds."""
    rng, dealt, last = random.Random(SEED), {}, {}
    groups = {}
    for row in rows:
        # a wording has one side, whatever class or language names it
        groups.setdefault((row["class"], row["language"]), dict.fromkeys(()))[row["split_by"]] = None
    turn = 0
    for key in sorted(groups):
        wordings = [w for w in groups[key] if w not in dealt]
        rng.shuffle(wordings)
        for w in wordings:
            dealt[w] = turn % 2
            turn += 1
    out, seen = ([], []), set()
    for row in rows:
        side = dealt[row.pop("split_by")]
        body = json.dumps(row, sort_keys=True, ensure_ascii=True)
        mark = hashlib.sha256(body.encode()).hexdigest()[:10]
        if mark not in seen:
            seen.add(mark)
            out[side].append({"id": f"{prefix}-{mark}", **row})
    return out


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=True) + "\n" for r in rows))
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    open_to, hidden_to = map(Path, sys.argv[1:3])
    lines = []
    for name, prefix, rows in (("messages", "m", make_messages.rows()), ("answers", "a", make_answers.rows())):
        for half, to, part in zip(("open", "hidden"), (open_to / "open", hidden_to / "hidden"), halves(rows, prefix)):
            lines.append(f"{write(to / f'{name}.jsonl', part)}  {half}/{name}.jsonl")
            print(half, name, len(part), dict(Counter(r["class"] for r in part)))
    for source in sorted(Path(__file__).parent.glob("*.py")):
        lines.append(f"{hashlib.sha256(source.read_bytes()).hexdigest()}  make/{source.name}")
    (open_to / "HASHES").write_text("\n".join(lines) + "\n")
