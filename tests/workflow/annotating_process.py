"""Annotates a course in a process of its own, so that a test can kill it: COURSE URL [MORE OPTIONS]."""

import sys

from preceptor.cli import main

if __name__ == "__main__":
    course, url, *more = sys.argv[1:]
    main(["annotate", course, "--annotator", "model", "--model-url", url, "--model", "scripted", "--concurrency", "2",
          "--yes", "--json", *more])  # fmt: skip
