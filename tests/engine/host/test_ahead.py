"""Torch is imported ahead of need for a window, and for nothing else."""

import threading

from engine.contract import CreateProfile, Done, ReadStatus, StatusRead


def test_only_when_asked_for_and_only_once(drive, monkeypatch):
    calls, called = [], threading.Event()

    def note():
        calls.append(threading.current_thread().name)
        called.set()

    monkeypatch.setattr("engine.host.import_ahead", note)
    assert isinstance(drive("plain").ask(CreateProfile(passphrase="correct horse")), Done)
    assert calls == []
    ahead = drive("ahead", ahead=True)
    assert called.wait(10)
    assert isinstance(ahead.ask(ReadStatus()), StatusRead)
    assert calls == ["model"]


def test_a_failure_leaves_the_lane_at_work(drive, monkeypatch):
    failed = threading.Event()

    def fail():
        failed.set()
        raise ImportError

    monkeypatch.setattr("engine.host.import_ahead", fail)
    driver = drive(ahead=True)
    assert failed.wait(10)
    assert isinstance(driver.ask(ReadStatus()), StatusRead)
