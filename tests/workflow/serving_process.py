"""Starts servers on demand: what `preceptor serve` loads is loaded once, every server is a process of its own.

Reads lines "COURSE PORT" and answers each with the process id of the new server; run as a script.
"""

import os
import signal
import sys


def main() -> None:
    import torch  # noqa: F401  the slowest part of a start

    import preceptor.serve  # noqa: F401
    from preceptor.cli.main import main as command_line

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are not waited for here
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        course, port = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1):
                os.dup2(nothing, stream)
            try:
                command_line(["serve", course, "--port", port])
            finally:
                os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
