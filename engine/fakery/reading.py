"""A scripted model that reads chats: it goes through the messages and finds nothing new."""

import time

from engine.contract import ChatsRead, Emit, ReadChats, ReadingProgress
from engine.control import JobControl
from engine.fakery.collecting import collect
from engine.fakery.script import FakeScript
from engine.fakery.world import World

__all__ = ["read"]


def read(
    world: World, script: FakeScript, command: ReadChats, control: JobControl, emit: Emit
) -> ChatsRead:
    """Looks at every message that may be learned from, where the settings ask the model.

    Raises:
        JobStopped: The user stopped.
    """
    started = time.monotonic()
    with world.lock:
        wanted = world.settings["learning_consent"] and world.settings["extraction"] == "model"
        if wanted:
            collect(world)
        waiting = sorted(world.collected - world.read) if wanted else []
    for number, name in enumerate(waiting, start=1):
        control.checkpoint()
        time.sleep(script.token_s)
        world.read.add(name)
        emit(ReadingProgress(job=command.job, read=number, messages=len(waiting), found=0))
    return ChatsRead(
        job=command.job, messages=len(waiting), found=0, seconds=time.monotonic() - started
    )
