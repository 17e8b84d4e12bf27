import pytest

from preceptor.bench import bench_names, make_bench
from preceptor.bench.contract import at_most
from preceptor.domain import UserError


def test_benches_are_found_by_name():
    assert "import" in bench_names()
    with pytest.raises(UserError, match="Unknown bench 'imports'"):
        make_bench("imports")


def test_a_ratio_above_one_is_within_the_limit():
    assert at_most("time", 2.0, 5.0, "s").ratio == 2.5
    assert at_most("time", 10.0, 5.0, "s").ratio == 0.5
    assert at_most("time", 10.0, None, "s").ratio is None
