"""The contract between the window (or terminal) and the engine: commands in, events out.

Frozen dataclasses of plain data, standard library only. Every message pickles. Each command
names a job and gets exactly one terminal event: a `Done` of its kind, `Stopped`, or `Failed`.
"""

from engine.contract.commands import *  # noqa: F403
from engine.contract.engine import *  # noqa: F403
from engine.contract.events import *  # noqa: F403
from engine.contract.failures import *  # noqa: F403
from engine.contract.offline import *  # noqa: F403
