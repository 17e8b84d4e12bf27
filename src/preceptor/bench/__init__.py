"""Measured speed: each bench compares Preceptor with a peer in the same run, or with a limit that was set for it."""

from preceptor.bench.contract import Bench, BenchOptions, BenchRow
from preceptor.bench.registry import bench_names, make_bench

__all__ = ["Bench", "BenchOptions", "BenchRow", "bench_names", "make_bench"]
