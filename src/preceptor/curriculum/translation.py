"""Keeps the catalogues in step with the course: `python -m preceptor.curriculum.translation de`.

Every sentence of the course gets an entry; translations that exist are kept, entries that no text needs any more are
dropped. What is left to translate is counted.
"""

import random
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.families import TOPICS as FAMILY_TOPICS
from preceptor.curriculum.family import LEVELS, Family
from preceptor.curriculum.misconceptions import TOPICS as MISCONCEPTION_TOPICS

FOLDER = Path(__file__).parent / "locale"
SEEDS = 60
Entry = tuple[str, str]


def entries() -> dict[str, list[Entry]]:
    """Name of the catalogue → its sentences, each with where it stands."""
    found = {"concepts": [e for c in CONCEPTS for e in ((c.name, c.concept_id), (c.explanation, c.concept_id))]}
    for topic in FAMILY_TOPICS:
        found[_name(topic)] = [entry for family in topic.FAMILIES for entry in family_entries(family)]
    for topic in MISCONCEPTION_TOPICS:
        named = [
            e for m in topic.MISCONCEPTIONS for e in ((m.name, m.misconception_id), (m.remedy, m.misconception_id))
        ]
        found[f"{_name(topic)}_misconceptions"] = named
    return found


def family_entries(family: Family, seeds: Iterable[int] = range(SEEDS)) -> Iterator[Entry]:
    """Yield every sentence that a family writes, with where it stands."""
    seen = set()
    for seed in seeds:
        for level in LEVELS:
            for text, place in family.write(random.Random(seed), level).texts:
                if text not in seen:
                    seen.add(text)
                    yield text, f"{family.name}: {place}"


def updated(old: Catalog, wanted: Iterable[Entry], language: str) -> Catalog:
    """A catalogue of the wanted sentences with the translations of the old one."""
    new = Catalog(locale=language, project="Preceptor", charset="utf-8", header_comment="")
    for text, place in wanted:
        entry = old.get(text)
        message = new.add(text, str(entry.string) if entry else "", auto_comments=[place])
        message.flags.discard("python-brace-format")  # braces are LaTeX here
    return new


def main(language: str, *names: str) -> int:
    """Update the catalogues of a language and say what is left to translate."""
    folder, missing = FOLDER / language, 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in entries().items():
        if names and name not in names:
            continue
        path = folder / f"{name}.po"
        old = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
        new = updated(old, wanted, language)
        left = sum(1 for entry in new if entry.id and not entry.string)
        missing += left
        path.write_bytes(_bytes(new))
        print(f"{path.name}: {len(new)} sentences, {left} to translate")  # noqa: T201
    return 1 if missing else 0


def _bytes(new: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, new, width=0, omit_header=True)
    return b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + out.getvalue()


def _name(topic: object) -> str:
    return getattr(topic, "__name__", "").rpartition(".")[2]


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["de"])))
