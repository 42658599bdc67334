"""How long a conversation is kept, in the chat list's menu."""

from engine.contract import SetRetention
from ui.chat.conversations_presenter import ConversationsPresenter
from ui.chat.keep_menu import KeepMenu


def ticked(menu):
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_the_present_choice_is_ticked(qapp):
    assert ticked(KeepMenu(None)) == ["As the setting says"]
    assert ticked(KeepMenu(0)) == ["For ever"]
    assert ticked(KeepMenu(30)) == ["30 days"]
    assert ticked(KeepMenu(1)) == ["1 day"]


def test_days_that_are_not_on_the_list_are_shown_too(qapp):
    assert ticked(KeepMenu(12)) == ["12 days"]


def test_choosing_tells_the_days(qtbot):
    menu = KeepMenu(None)
    told = []
    menu.chosen.connect(told.append)
    for action in menu.actions():
        action.trigger()
    assert told == [None, 0, 1, 7, 30, 90, 365]


def test_the_choice_is_stored(start_client, qtbot):
    client, engine = start_client()
    presenter = ConversationsPresenter(client)
    presenter.refresh()
    qtbot.waitUntil(lambda: bool(presenter.records), timeout=3000)
    chosen = presenter.records[0].id
    done = []
    client.finished.connect(lambda command, _event: done.append(command))
    presenter.keep_for(chosen, 7)
    qtbot.waitUntil(lambda: any(isinstance(c, SetRetention) for c in done), timeout=3000)
    qtbot.waitUntil(
        lambda: any(r.id == chosen and r.retention_days == 7 for r in presenter.records),
        timeout=3000,
    )
    assert engine.world.conversations[chosen].retention_days == 7
