"""The worker process: reads trees as JSON lines, answers whether they mean the same, or what one comes to.

Run with `python -m`.
"""

import json
import sys
from typing import Any, TextIO

from preceptor.answers.algebra import SymbolicAlgebra, value_text
from preceptor.answers.compare import equivalent
from preceptor.answers.second_algebra import surely_same
from preceptor.answers.tree import from_data

MEMORY_BYTES = 2 * 1024**3


def limit_memory() -> None:
    """Cap the address space of this process where the platform can."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the time limit alone protects
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def reply(line: str, algebra: SymbolicAlgebra) -> dict[str, Any]:
    """Answer one request; whatever goes wrong inside sympy is reported, not raised."""
    request = json.loads(line)
    try:
        if "value" in request:
            return {"value": value_text(from_data(request["value"]))}
        key, response = from_data(request["key"]), from_data(request["response"])
        if request.get("second"):
            return {"same": surely_same(key, response, ordered=request["ordered"])}
        return {"same": equivalent(key, response, algebra, ordered=request["ordered"])}
    except Exception as error:  # a failed comparison is an outcome of its own, never a wrong answer
        return {"error": type(error).__name__}


def serve(requests: TextIO, replies: TextIO) -> None:
    """Answer requests until the input ends."""
    algebra = SymbolicAlgebra()
    replies.write('{"ready": true}\n')
    replies.flush()
    for line in requests:
        replies.write(json.dumps(reply(line, algebra)) + "\n")
        replies.flush()


if __name__ == "__main__":
    limit_memory()
    serve(sys.stdin, sys.stdout)
