"""Benches by name."""

from preceptor.bench.contract import Bench
from preceptor.registry import Registry

BENCHES = Registry(
    "bench",
    "preceptor.benches",
    {
        "environment": "preceptor.bench.environment:EnvironmentBench",
        "head": "preceptor.bench.head:HeadBench",
        "mve": "preceptor.bench.mve:MveBench",
        "import": "preceptor.bench.imports:ImportBench",
        "tracing": "preceptor.bench.tracing:TracingBench",
        "online": "preceptor.bench.online:OnlineBench",
        "training-memory": "preceptor.bench.memory:MemoryBench",
        "embed": "preceptor.bench.embedding:EmbedBench",
        "planner": "preceptor.bench.planner:PlannerBench",
        "train-policy": "preceptor.bench.policy_training:PolicyTrainingBench",
        "tutor": "preceptor.bench.tutor:TutorBench",
    },
)


def bench_names() -> tuple[str, ...]:
    """Names of all benches, other packages' included."""
    return BENCHES.names()


def make_bench(name: str) -> Bench:
    """Make a bench.

    Args:
        name: One of `bench_names()`.

    Raises:
        UserError: If no bench has this name.
    """
    bench: Bench = BENCHES.resolve(name)()
    return bench
