"""A process that does one thing at a time when asked: `python -P turns.py SCRIPT ARGUMENTS`.

It needs nothing but the standard library, so that it also runs in environments without Preceptor. SCRIPT is a file
with a function `serve` that takes the arguments and returns a function from request to answer. Requests, answers and
arguments are JSON objects; requests and answers are one line each. What the script prints goes to standard error.
"""

import json
import os
import runpy
import sys


def main(script: str, arguments: str) -> None:
    """Answer requests from standard input until it ends.

    Args:
        script: The file with `serve`.
        arguments: What `serve` gets, as JSON.
    """
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        answer = runpy.run_path(script)["serve"](json.loads(arguments))
        for request in sys.stdin:
            answers.write(json.dumps(answer(json.loads(request))) + "\n")
            answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
