"""The meeting place: private, found by all, gone afterwards."""

import socket
import stat
import sys
import threading

import pytest

from engine.contract import EngineError
from engine.tuning.crew import meeting
from engine.tuning.crew.meeting import Meeting, folder_of, join

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")
KEY = 424_242


@pytest.fixture(autouse=True)
def _own_place(monkeypatch, tmp_path_factory):
    """A short folder, because the name of a Unix socket may only be short."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("m")))
    monkeypatch.setattr(meeting, "_LONGEST", 200)


def test_helpers_are_taken_in_the_order_of_their_ranks():
    place = Meeting(KEY)
    assert stat.S_IMODE(folder_of(KEY).stat().st_mode) == 0o700
    links = [join(KEY, rank, 5) for rank in (2, 1)]
    taken = place.take(2, 5)
    place.close()
    assert not folder_of(KEY).exists()
    for rank, link in zip((1, 2), taken, strict=True):
        link.sendall(bytes([rank]))
    assert [link.recv(1)[0] for link in links] == [2, 1]
    for link in (*links, *taken):
        link.close()


def test_who_does_not_come_is_not_waited_for_longer():
    place = Meeting(KEY)
    assert place.take(1, 0.1) == []
    place.close()


def test_a_helper_may_come_first():
    found = []
    waiting = threading.Thread(target=lambda: found.append(join(KEY, 1, 20)))
    waiting.start()
    place = Meeting(KEY)
    (taken,) = place.take(1, 20)
    waiting.join()
    place.close()
    assert found[0] is not None
    for link in (*found, taken):
        link.close()


def test_without_a_leader_nobody_waits_for_ever():
    assert join(KEY, 1, 0.1) is None


def test_what_an_earlier_run_left_is_replaced():
    left = Meeting(KEY)
    left._listener.close()
    again = Meeting(KEY)
    link = join(KEY, 1, 5)
    (taken,) = again.take(1, 5)
    again.close()
    link.close()
    taken.close()


@pytest.mark.parametrize("kind", ["open to others", "a link"])
def test_a_place_that_is_not_our_own_is_refused(kind, tmp_path):
    if kind == "a link":
        folder_of(KEY).symlink_to(tmp_path, target_is_directory=True)
    else:
        folder_of(KEY).mkdir()
        folder_of(KEY).chmod(0o755)
    with pytest.raises(EngineError, match="TMPDIR"):
        Meeting(KEY)
    with pytest.raises(EngineError, match="TMPDIR"):
        join(KEY, 1, 1)


def test_noise_is_not_a_helper():
    place = Meeting(KEY)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as noise:
        noise.connect(str(folder_of(KEY) / "meeting"))
        noise.sendall(b"x")
        noise.close()
        assert place.take(1, 0.2) == []
    place.close()


def test_the_name_stays_short_enough_for_a_socket(monkeypatch, tmp_path):
    monkeypatch.setattr(meeting, "_LONGEST", 90)
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert len(str(folder_of(KEY) / "meeting")) < 100
