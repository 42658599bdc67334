"""How long conversations are kept, and the count of time behind it."""

from collections.abc import Iterator

import pytest

from storage.aging import DAY_S, GRACE_S, JUMP_S, Aging
from storage.database import Database
from storage.errors import StoreError
from storage.migrations import migrate
from storage.records import Role
from storage.store import Store

NOW = 1_790_000_000.0
YEARS_S = 10 * 365 * DAY_S


@pytest.fixture
def aging() -> Iterator[Aging]:
    database = Database(None)
    migrate(database)
    yield Aging(database)
    database.close()


def _days(aging: Aging, *days: float) -> float:
    """The age in days after looking at the clock on these days after NOW."""
    for day in days:
        aging.tick(NOW + day * DAY_S)
    return aging.age / DAY_S


def test_the_first_look_counts_nothing(aging: Aging) -> None:
    assert _days(aging, 0) == 0


def test_days_and_holidays_count(aging: Aging) -> None:
    assert _days(aging, 0, 1, 1.5, 31.5) == 31.5


def test_a_clock_set_back_a_little_loses_nothing(aging: Aging) -> None:
    assert _days(aging, 0, 1, 1 - 0.02, 2) == 2


def test_ten_years_ahead_and_back_count_nothing(aging: Aging) -> None:
    assert _days(aging, 0, 1, 3650, 3650.5) == 1
    assert aging.doubtful
    assert _days(aging, 1.2) == 1.2
    assert not aging.doubtful


def test_ten_years_back_and_ahead_again_count_nothing(aging: Aging) -> None:
    assert _days(aging, 0, 1, -3650, -3649, 2) == 2
    assert not aging.doubtful


def test_a_jump_counts_after_the_grace(aging: Aging) -> None:
    grace = GRACE_S / DAY_S
    assert _days(aging, 0, 100, 100 + grace - 0.1) == 0
    assert _days(aging, 100 + grace) == 100 + grace
    assert _days(aging, 101 + grace) == 101 + grace


def test_a_clock_that_stays_back_is_believed_after_the_grace(aging: Aging) -> None:
    assert _days(aging, 0, -3650, -3646) == 4
    assert _days(aging, -3645) == 5


def test_a_clock_that_jumps_again_and_again_is_never_believed(aging: Aging) -> None:
    jumps = [0.0, *(100.0 + 50 * (JUMP_S / DAY_S) * n for n in range(20))]
    assert _days(aging, *jumps) == 0


def _aged(store: Store, days: float) -> None:
    """Lets time go by until the store is `days` old, a month at a time."""
    done = Aging(store._db).age / DAY_S
    store.retention.tick(NOW + done * DAY_S)
    while done < days:
        done = min(days, done + 30)
        store.retention.tick(NOW + done * DAY_S)


def test_nothing_is_due_by_default(store: Store) -> None:
    store.conversations.create("x")
    _aged(store, 400)
    assert store.retention.due(0) == ()


def test_the_setting_holds_where_a_conversation_says_nothing(store: Store) -> None:
    store.retention.tick(NOW)
    chats = [store.conversations.create(name).id for name in ("follows", "ever", "short", "long")]
    store.conversations.keep_for(chats[1], 0)
    store.conversations.keep_for(chats[2], 2)
    store.conversations.keep_for(chats[3], 100)
    _aged(store, 1.9)
    assert store.retention.due(30) == ()
    _aged(store, 2)
    assert store.retention.due(30) == (chats[2],)
    _aged(store, 30)
    assert set(store.retention.due(30)) == {chats[0], chats[2]}
    assert store.retention.due(0) == (chats[2],)


def test_a_new_message_begins_the_days_anew(store: Store) -> None:
    chat = store.conversations.create("x").id
    _aged(store, 20)
    store.messages.add(chat, parent_id=None, role=Role.USER, text="hello")
    _aged(store, 40)
    assert store.retention.due(30) == ()
    _aged(store, 50)
    assert store.retention.due(30) == (chat,)


def test_the_jump_of_a_clock_makes_nothing_due(store: Store) -> None:
    chat = store.conversations.create("x").id
    _aged(store, 1)
    store.retention.tick(NOW + YEARS_S)
    assert store.retention.clock_is_doubtful
    assert store.retention.due(30) == ()
    store.retention.tick(NOW + YEARS_S + GRACE_S)
    assert store.retention.due(30) == (chat,)


def test_a_deleted_conversation_goes_a_month_after_its_deletion(store: Store) -> None:
    chat = store.conversations.create("x").id
    _aged(store, 300)
    store.conversations.delete(chat)
    assert store.retention.due(0) == ()
    _aged(store, 329)
    assert store.retention.due(0) == ()
    _aged(store, 330)
    assert store.retention.due(0) == (chat,)
    store.conversations.restore(chat)
    assert store.retention.due(0) == ()


@pytest.mark.parametrize("days", [-1, 3651])
def test_impossible_days_are_refused(store: Store, days: int) -> None:
    chat = store.conversations.create("x").id
    with pytest.raises(StoreError):
        store.conversations.keep_for(chat, days)
