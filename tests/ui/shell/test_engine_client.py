"""The client: events in the GUI thread, callbacks once, owners respected."""

import threading

from PySide6.QtCore import QObject

from engine.contract import (
    ConversationsListed,
    FailureKind,
    ListConversations,
    LoadModel,
    ModelLoaded,
    RenameConversation,
)


def test_events_arrive_in_the_gui_thread(start_client, qtbot):
    client, _engine = start_client()
    threads = []
    client.event.connect(lambda _e: threads.append(threading.current_thread()))
    with qtbot.waitSignal(client.finished, timeout=5000) as told:
        client.submit(LoadModel())
    assert isinstance(told.args[1], ModelLoaded)
    assert set(threads) == {threading.main_thread()}


def test_request_calls_back_once(start_client, qtbot):
    client, _engine = start_client()
    got = []
    with qtbot.waitSignal(client.finished, timeout=5000):
        client.request(ListConversations(), got.append)
    assert [type(event) for event in got] == [ConversationsListed]


def test_a_failure_goes_to_its_callback_else_to_the_shell(start_client, qtbot):
    client, _engine = start_client(faults={"ListConversations": FailureKind.DISK_FULL})
    own, shell = [], []
    client.failure.connect(shell.append)
    with qtbot.waitSignal(client.finished, timeout=5000):
        client.request(ListConversations(), lambda _e: None, own.append)
    assert [failed.kind for failed in own] == [FailureKind.DISK_FULL]
    assert shell == []
    with qtbot.waitSignal(client.finished, timeout=5000):
        client.request(RenameConversation(conversation_id="none", title="x"), lambda _e: None)
    assert [failed.kind for failed in shell] == [FailureKind.NOT_FOUND]


def test_callbacks_of_a_destroyed_owner_are_dropped(start_client, qtbot, qapp):
    client, _engine = start_client()
    got = []
    owner = QObject()
    client.request(ListConversations(), got.append, owner=owner)
    owner.deleteLater()
    qapp.sendPostedEvents(owner, 52)
    with qtbot.waitSignal(client.finished, timeout=5000):
        pass
    assert got == []


def test_nothing_is_delivered_after_shutdown(start_client, qtbot):
    client, _engine = start_client()
    got = []
    client.request(ListConversations(), got.append)
    assert client.shutdown()
    qtbot.wait(50)
    assert got == []


def test_many_events_do_not_wear_out_the_interpreter(start_client, qtbot):
    """PySide6 6.12.0 on Python 3.11 lost a reference at each emit and died after some hundred."""
    client, _engine = start_client()
    count = []
    client.event.connect(count.append)
    for _ in range(1500):
        client.submit(ListConversations())
    qtbot.waitUntil(lambda: len(count) == 1500, timeout=20_000)
