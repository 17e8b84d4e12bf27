"""Fit the families of latent minds, a run file each: `python -m preceptor.cli.fit_minds DATA OUT [FAMILY...]`.

What has a run file is not fitted again.
"""

import json
import sys
import time
from pathlib import Path

from preceptor.simulate import taught_family_names
from preceptor.workflow.fitting_minds import fit_minds


def main(data: Path, out: Path, families: list[str]) -> None:
    """Fit them one after another."""
    out.mkdir(parents=True, exist_ok=True)
    for family in families or taught_family_names():
        file = out / f"{family}.json"
        if not file.exists():
            began = time.process_time()
            run = fit_minds(family, data, _tell)
            part = file.with_suffix(".part")
            part.write_text(json.dumps({**run, "processor_seconds": round(time.process_time() - began, 1)}, indent=1))
            part.replace(file)


def _tell(what: str, done: int, total: int) -> None:
    sys.stderr.write(f"{what} {done}/{total}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
