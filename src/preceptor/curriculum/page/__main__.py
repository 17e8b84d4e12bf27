"""`python -m preceptor.curriculum.page DOCS`: writes `curriculum.md` and its picture into the folder of the docs."""

import sys
from pathlib import Path

from preceptor.curriculum.page.markdown import curriculum_page, curriculum_picture

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "curriculum.md").write_text(curriculum_page(), encoding="utf-8")
    (folder / "images" / "curriculum.svg").write_text(curriculum_picture(), encoding="utf-8")
