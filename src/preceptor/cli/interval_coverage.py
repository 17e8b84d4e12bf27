"""`python -m preceptor.cli.interval_coverage`: how often intervals hold the truth, as one JSON object."""

import argparse
import time
from collections.abc import Callable, Sequence

from preceptor.cli.output import emit, progress
from preceptor.evaluate.coverage import CoverageDesign, coverage_study


def main(arguments: Sequence[str] | None = None, clock: Callable[[], float] = time.monotonic) -> None:
    """Simulate experiments whose truth is known, and count; the result goes to standard output."""
    plain = CoverageDesign()
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--experiments", type=int, default=plain.experiments, help="of each kind")
    parser.add_argument("--students", type=int, nargs="+", default=list(plain.students), help="numbers of students")
    parser.add_argument("--seed", type=int, default=plain.seed)
    options = parser.parse_args(arguments)
    design = CoverageDesign(options.experiments, tuple(options.students), seed=options.seed)
    start = clock()
    with progress() as report:
        result = coverage_study(design, report)
    emit({**result, "seconds": clock() - start}, True, lambda _: None)


if __name__ == "__main__":
    main()
