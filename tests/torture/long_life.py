"""A thousand turns in one process: memory and file handles stay as they were after a hundred."""

import os
from pathlib import Path
from unittest.mock import patch

import psutil

from engine.contract import CreateProfile, Reply, ReplyDone, ReplyOptions
from engine.model.describe import describe_gguf
from main import _prepare_environment
from storage.profile import ProfilePaths
from tests.support.host_driver import HostDriver
from tests.support.tiny_gguf import TinyGguf

SETTLED = 100
"""Turns after which nothing may grow any more."""
GROWTH, HANDLES = 0.05, 2
"""A share of the memory after the settled turns; file handles more than then."""
_TURNS_A_CHAT = 50


def turns(folder: Path, times: int) -> dict[str, object]:
    """`times` turns of the real engine on a tiny model, each stored; what they add after 100.

    Every fiftieth turn begins another chat, so that prompts grow, are cut and begin anew.
    """
    paths = ProfilePaths(folder / "profile")
    _prepare_environment(paths)
    record = describe_gguf(TinyGguf().write(folder / "tiny.gguf"), "a" * 64)
    process = psutil.Process(os.getpid())
    settled = (1, 0)
    with patch("engine.library.models.embedded_model", lambda: record), \
            HostDriver(paths) as driver:  # fmt: skip
        driver.ask(CreateProfile(passphrase="a"))
        chat: str | None = None
        for turn in range(times):
            chat = _turn(driver, chat if turn % _TURNS_A_CHAT else None, turn)
            if turn + 1 == min(SETTLED, times):
                settled = _use(process)
        last = _use(process)
    growth = last[0] / settled[0] - 1
    return {"turns": times, "settled_mb": round(settled[0] / 1e6, 1),
            "growth_percent": round(100 * growth, 2), "handles": settled[1],
            "handles_more": last[1] - settled[1],
            "good": growth <= GROWTH and last[1] - settled[1] <= HANDLES}  # fmt: skip


def _turn(driver: HostDriver, chat: str | None, number: int) -> str:
    """Asks something of its own length; returns the chat."""
    text = " ".join(f"hello {number + place}" for place in range(1 + number % 12))
    done = driver.ask(Reply(conversation_id=chat, text=text, options=ReplyOptions(max_tokens=6)))
    assert isinstance(done, ReplyDone), done
    return str(done.conversation.id)


def _use(process: psutil.Process) -> tuple[int, int]:
    """Resident memory in bytes, and open handles."""
    handles = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
    return process.memory_info().rss, handles
