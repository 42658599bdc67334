"""Short forms of the long tests in ``tests/torture``."""

from pathlib import Path

import pytest

from tests.torture import clock, disk, flips, kills, scale


@pytest.mark.parametrize(("run", "times"), [
    (kills.keys, 5), (kills.keys_everywhere, 9), (kills.erasing, 3), (clock.ten_years, 1),
    (flips.everywhere, 150), (scale.hundred_thousand, 1000), (disk.full, 1),
], ids=lambda value: getattr(value, "__name__", ""))  # fmt: skip
def test_every_goal_holds(tmp_path: Path, run, times) -> None:  # type: ignore[no-untyped-def]
    figures = run(tmp_path, times)
    assert figures["good"], figures


def test_the_long_tests_would_notice_a_loss(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(kills, "_is_whole", lambda *_: False)
    assert not kills.keys(tmp_path, 1)["good"]
