"""The figures of a start on a busy machine."""

import os
import sys
import time

import pytest

from tests.installed import effort

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux's /proc")


def test_processor_time_grows_with_work_and_not_with_sleep():
    began = effort.processor_s(os.getpid())
    time.sleep(0.1)
    slept = effort.processor_s(os.getpid()) - began
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    worked = effort.processor_s(os.getpid()) - began - slept
    assert slept < 0.2 < worked


def test_waiting_is_no_less_than_nothing_and_only_grows():
    first = effort.waited_s(os.getpid())
    time.sleep(0.05)
    assert 0 <= first <= effort.waited_s(os.getpid())
