"""A hundred thousand messages in ten thousand chats."""

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from storage.keys import CHEAP_COST, KeyFile
from storage.messages import NewMessage
from storage.profile import ProfilePaths
from storage.records import Role
from storage.rekeying import change_keys
from storage.setup import create_profile
from storage.store import Store

GOALS = {"list_s": 1.0, "search_p95_ms": 150.0, "page_p95_ms": 5.0}
COMMON = [f"word{number}" for number in range(4000)]


def _words(chance: random.Random, count: int) -> str:
    """Words as a language has them: few often, many seldom."""
    places = (int(4000 * chance.random() ** 3) for _ in range(count))
    return " ".join(COMMON[place] for place in places)


def _p95(act: Callable[[int], object], times: int) -> float:
    """The 95th percentile in milliseconds."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.quantiles(taken, n=20)[-1], 2)


def _fill(store: Store, count: int, chance: random.Random) -> list[str]:
    """`count` chats of ten messages, in one transaction as an import does; their ids."""
    chats = []
    with store.transaction():
        for number in range(count):
            chats.append(store.conversations.create(f"chat {number}").id)
            store.messages.add_many(chats[-1], [
                NewMessage(role=Role.USER if place % 2 == 0 else Role.ASSISTANT,
                           text=_words(chance, 25) + (f" rare{number}" if place == 0 else ""))
                for place in range(10)
            ])  # fmt: skip
    return chats


def hundred_thousand(folder: Path, messages: int) -> dict[str, object]:
    """Ten messages a chat; times of the list, of search, of a page and of the rare slow acts."""
    chance = random.Random(7)
    paths = ProfilePaths(folder / "profile")
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _ = create_profile(paths, key_file, passphrase="a")
    began = time.perf_counter()
    chats = _fill(store, messages // 10, chance)
    figures: dict[str, object] = {
        "messages": store.messages.count(), "fill_s": round(time.perf_counter() - began, 1)
    }  # fmt: skip
    began = time.perf_counter()
    listed = len(store.conversations.list(limit=messages))
    figures["list_s"] = round(time.perf_counter() - began, 3)
    queries = [*(f"rare{chance.randrange(messages // 10)}" for _ in range(70)),
               *(COMMON[chance.randrange(4000)] for _ in range(20)), *COMMON[:10]]  # fmt: skip
    figures["search_p95_ms"] = _p95(lambda n: store.messages.search(queries[n]), len(queries))
    figures["page_p95_ms"] = _p95(lambda n: store.messages.branch(chats[n * 7 % len(chats)]), 200)
    figures["backup_s"] = _seconds(store.backup)
    figures["erase_chat_s"] = _seconds(lambda: store.conversations.purge(chats[5]))
    figures["check_s"] = _seconds(store.check)
    store.close()
    figures["database_mb"] = round(paths.database.stat().st_size / 1e6, 1)
    figures["new_keys_s"] = _seconds(lambda: change_keys(paths, key_file, key, passphrase="a"))
    store = Store.open(paths, key_file.unlock_passphrase("a"))
    whole = store.messages.count() == messages - 10 and listed == messages // 10
    store.close()
    met = all(float(str(figures[name])) <= goal for name, goal in GOALS.items())
    return {**figures, "goals": GOALS, "good": whole and met}


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 2)
