import threading
import time

import pytest

from preceptor.annotate.asking_pool import at_once
from preceptor.progress import silent


def test_results_come_in_order_and_every_one_is_told():
    told = []
    found = list(at_once(lambda n: (time.sleep(0.01 * (3 - n)), n)[1], range(4), 4, "asked", lambda *a: told.append(a)))

    assert found == [0, 1, 2, 3]
    assert told == [("asked", done, 4) for done in (1, 2, 3, 4)]


def test_after_a_failure_nothing_new_is_begun():
    begun, lock = [], threading.Lock()

    def work(number):
        with lock:
            begun.append(number)
        if number == 0:
            raise KeyboardInterrupt
        time.sleep(0.02)

    with pytest.raises(KeyboardInterrupt):
        list(at_once(work, range(100), 2, "asked", silent))
    assert len(begun) < 50
