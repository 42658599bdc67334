"""A clock that is ten years off, in both directions and back again."""

from pathlib import Path
from unittest.mock import patch

from storage.aging import DAY_S
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.setup import create_profile

NOW = 1_790_000_000.0
YEARS_S = 10 * 365 * DAY_S


def ten_years(folder: Path, times: int) -> dict[str, object]:
    """Order is kept, ids are unique, and nothing is erased for its age by the jump alone."""
    wrong = erased = 0
    for number in range(times):
        paths = ProfilePaths(folder / str(number))
        key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
        store, _key, _ = create_profile(paths, key_file, passphrase="a")
        chats, last = [], None
        for step, clock in enumerate((NOW, NOW + YEARS_S, NOW - YEARS_S, NOW + 60)):
            with patch("storage.values.time.time", return_value=clock):
                store.retention.tick()
                chats.append(store.conversations.create(f"chat {step}").id)
                last = store.messages.add(
                    chats[0], parent_id=last, role=Role.USER, text=f"message {step}"
                ).id
                erased += len(store.retention.due(30))
        texts = [message.text for message in store.messages.branch(chats[0])]
        listed = [chat.id for chat in store.conversations.list()]
        wrong += texts != [f"message {step}" for step in range(4)]
        wrong += listed != [chats[0], *reversed(chats[1:])]
        store.close()
    return {"runs": times, "wrong_order": wrong, "erased": erased, "good": wrong == erased == 0}
