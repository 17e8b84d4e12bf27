"""`python -m preceptor.curriculum.audit [FAMILY ...]`: the problems of families, for those who write them."""

import sys

from preceptor.curriculum import families
from preceptor.curriculum.audit import audit_family
from preceptor.curriculum.audit.translation import UNTRANSLATED


def main(*names: str) -> int:
    """Audit the named families, or all, with 36 seeds each, and print what is wrong."""
    bad = 0
    for family in families():
        if not names or family.name in names:
            found = audit_family(family, range(36))
            grades = ", ".join(f"{language} {grade:.1f}" for language, grade in found.reading_grade.items())
            print(f"{family.name}: {found.questions['en']} questions, reading grade {grades}")  # noqa: T201
            untranslated = [problem for problem in found.problems if problem.startswith(UNTRANSLATED)]
            if untranslated:
                print(f"  {len(untranslated)} sentences are not translated")  # noqa: T201
            for problem, times in found.problems.most_common():
                if problem not in untranslated:
                    print(f"  {times} × {problem}")  # noqa: T201
            bad += bool(found.problems)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
