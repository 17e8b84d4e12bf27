"""How ExRec's numbers and KCs are called in a course."""

from collections.abc import Mapping
from dataclasses import dataclass

from preceptor.data.exrec_files import Part, Parts
from preceptor.data.names import json_object
from preceptor.data.reader import ReadOptions
from preceptor.domain import UserError, question_id

SOURCE = "xes3g5m"
"""ExRec publishes XES3G5M alone; its questions have the ids that the log's reader gives them."""
TABLES = ("questions", "concepts", "clusters")
SILENT = ("silent_questions", "silent_concepts")
"""What says nothing and so has no vector."""


@dataclass(frozen=True)
class Names:
    """Ids of questions, concepts and clusters: those of an export where it wrote them, else made from the source.

    Args:
        source: The data set.
        questions: Number → id.
        concepts: KC → id.
        clusters: Number → name.
        silent_questions: Numbers of questions that have no vector because they say nothing.
        silent_concepts: KCs that have none.
    """

    source: str
    questions: Mapping[str, str]
    concepts: Mapping[str, str]
    clusters: Mapping[str, str]
    silent_questions: frozenset[str] = frozenset()
    silent_concepts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parts: Parts, options: ReadOptions) -> "Names":
        """Read the names, where an export wrote them.

        Raises:
            UserError: If the file of names is damaged.
        """
        source = options.source or SOURCE
        if Part.IDS not in parts:
            return cls(source, {}, {}, {})
        path = parts[Part.IDS][0]
        found = json_object(path, options.encoding)
        tables = [found.get(name) for name in TABLES]
        silent = [found.get(name, []) for name in SILENT]
        named = all(isinstance(t, dict) and all(isinstance(v, str) for v in t.values()) for t in tables)
        if not named or not all(isinstance(t, list) and all(isinstance(v, str) for v in t) for t in silent):
            raise UserError(f"Cannot read {path}.", allowed="what `preceptor export exrec` wrote", mend="leave it out")
        return cls(source, *tables, *map(frozenset, silent))  # type: ignore[arg-type]

    def question(self, number: int) -> str:
        """Id of a question."""
        return self.questions.get(str(number)) or question_id(self.source, str(number))

    def concept(self, kc: str) -> str:
        """Id of a concept."""
        return self.concepts.get(kc) or f"{self.source}:{kc}"

    def cluster(self, number: str) -> str:
        """Name of a cluster."""
        return self.clusters.get(number, f"cluster {number}")
