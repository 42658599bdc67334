"""Adapter: decoding with one of rank 16 on all linear modules, beside llama.cpp without one."""

import argparse

from tests.bench.decode import sides, speed
from tests.bench.report import Report


def measure(options: argparse.Namespace) -> Report:
    """With and without it, in turn; see `Report`."""
    with sides.loaded(options, speed.PROMPT + speed.TOKENS + 64) as model:
        return speed.compare(model, options, with_adapter=True)
