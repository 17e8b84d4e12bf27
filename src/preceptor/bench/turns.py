"""A process that does one thing at a time when asked: `python -P turns.py SCRIPT ARGUMENTS`.

It needs nothing but the standard library, so that it also runs in environments without Preceptor. SCRIPT is a file
with a function `serve` that takes the arguments and returns a function from request to answer. Requests, answers and
arguments are JSON objects; requests and answers are one line each. What the script prints goes to standard error.

When the input ends while it prepares or answers a request, whoever asked is gone: the process ends at once, so that a
bench that was killed leaves no work behind that disturbs the next one.
"""

import json
import os
import runpy
import sys
from queue import SimpleQueue
from threading import Event, Thread


def main(script: str, arguments: str) -> None:
    """Answer requests from standard input until it ends.

    Args:
        script: The file with `serve`.
        arguments: What `serve` gets, as JSON.
    """
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        requests: SimpleQueue[str] = SimpleQueue()
        ready, busy = Event(), Event()
        Thread(target=_read, args=(requests, ready, busy), daemon=True).start()
        answer = runpy.run_path(script)["serve"](json.loads(arguments))
        ready.set()
        for request in iter(requests.get, ""):
            try:
                found = json.dumps(answer(json.loads(request)))
            finally:
                busy.clear()
            answers.write(f"{found}\n")
            answers.flush()


def _read(requests: "SimpleQueue[str]", ready: Event, busy: Event) -> None:
    with os.fdopen(os.dup(0), encoding="utf-8") as own:  # Python cannot end while a thread waits in sys.stdin
        for line in own:
            busy.set()
            requests.put(line)
    if busy.is_set() or not ready.is_set():
        os._exit(1)
    requests.put("")


if __name__ == "__main__":
    main(*sys.argv[1:])
