"""Confidant's composition root: the only file that joins window, engine and storage.

``python main.py`` opens the window; ``python main.py --help`` lists the terminal commands. What is
slow to load (Qt, the engine) is imported only once it is known to be needed.
"""

import argparse
import ctypes
import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import NoReturn

from engine.contract import Engine, EngineError
from engine.offline.guard import LEAVE_OUT, go_offline
from engine.offline.opener import Opener
from storage.profile import ProfilePaths, default_root
from ui.terminal.options import parse
from ui.terminal.run import run_command

LOCK_AND_RESTART = 75
"""Exit code of the window that asks for a new process at the lock screen."""

_PR_SET_DUMPABLE = 4
_LOG_BYTES = 1_000_000
_NO_DISPLAY = (
    "There is no display for the window here; use a terminal command such as "
    '"main.py chat TEXT" (main.py --help lists them: chat, ask, import, learn, adapters, export, '
    "search, doctor)."
)

_ALREADY_OPEN = "Confidant is already open with this profile; use that window or close it."
_REMOTE_DISPLAY = (
    "The window would have to be sent through the network, which Confidant never opens; start it "
    f"on the computer with the screen, or set {LEAVE_OUT}=1 for a display forwarded to this one."
)

_log = logging.getLogger("main")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the window or one terminal command; returns the exit code (0, 1 or 2)."""
    _use_utf8()
    options = parse(sys.argv[1:] if arguments is None else arguments)
    paths = ProfilePaths((options.profile or default_root()).expanduser().absolute())
    _protect_process()
    opener = Opener() if options.command is None else None
    go_offline()
    _prepare_environment(paths)
    _start_log(paths, logging.INFO if options.command is None else logging.ERROR)
    try:
        if opener is not None:
            return _open_window(options, paths, opener)
        if options.command == "learn" and not options.demo:
            return _learn(options, paths)
        return run_command(options, lambda: _make_engine(options, paths))
    except KeyboardInterrupt:
        return _fail("Stopped.")
    except EngineError as error:
        return _fail(error.detail)
    except Exception as error:
        _log.critical("unexpected failure", exc_info=error)
        return _fail(f"Something went wrong inside Confidant ({type(error).__name__}); "
                     f"{paths.logs / 'confidant.log'} says where.")


def _make_engine(options: argparse.Namespace, paths: ProfilePaths) -> Engine:
    if options.demo:
        from engine.fake import FakeEngine

        return FakeEngine("open")
    from engine.host import EngineHost

    return EngineHost(paths, ahead=options.command is None)


def _learn(options: argparse.Namespace, paths: ProfilePaths) -> int:
    """The command learn; one of several processes leads and is all that the user sees."""
    from engine.tuning.crew.ranks import found_ranks, hide_gpus_if_asked

    ranks = found_ranks(options.processes, os.environ)
    hide_gpus_if_asked(os.environ)
    if ranks.count == 1:
        return run_command(options, lambda: _make_engine(options, paths))
    if ranks.rank:
        from engine.tuning.crew.helper import help_out

        return help_out(ranks, paths.cache)
    from engine.host import EngineHost
    from engine.tuning.crew.leader import Crew

    with Crew(ranks) as crew:
        crew.code = run_command(options, lambda: EngineHost(paths, crew=crew))
    return crew.code


def _open_window(options: argparse.Namespace, paths: ProfilePaths, opener: Opener) -> int:
    if not _has_display():
        return _fail(_REMOTE_DISPLAY if _display_is_remote() else _NO_DISPLAY)
    from ui.summons import summon

    if not options.demo and (summon(paths.root) or _in_use(paths)):
        return _fail(_ALREADY_OPEN)
    from ui.app import run_window  # only now: a second start has to give way at once

    hand_over = opener.open if opener.is_alive else None
    code = run_window(_make_engine(options, paths), profile_path=paths.root, hand_over=hand_over)
    if code == LOCK_AND_RESTART:
        opener.keep_for_next()
        _start_again()
    return code


def _in_use(paths: ProfilePaths) -> bool:
    """Tells whether another copy, a terminal command perhaps, holds the profile."""
    if not paths.instance_lock.exists():
        return False
    from storage.errors import StoreError
    from storage.instance import InstanceLock

    lock = InstanceLock(paths)
    try:
        lock.acquire()
    except StoreError:
        return True
    lock.release()
    return False


def _has_display() -> bool:
    """Tells whether Qt will find a screen; on X11 by connecting, since Qt ends the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    reached = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return reached


def _display_is_remote() -> bool:
    """Tells whether DISPLAY names a host; such a display is reached by TCP, tunnels included."""
    host = os.environ.get("DISPLAY", "").rpartition(":")[0]
    return host not in ("", "unix") and not host.startswith("/")


def _start_again() -> NoReturn:
    """Replaces this process, so that no key stays in its memory; the new one is locked."""
    command = [sys.executable, *sys.orig_argv[1:]]
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # the installed program starts from scratch
    logging.shutdown()
    sys.stdout.flush()
    if sys.platform == "win32":
        subprocess.Popen(command)
        os._exit(0)
    os.execv(sys.executable, command)  # noqa: S606  no shell is wanted


def _protect_process() -> None:
    """No core dump and, on Linux, no reading of this process's memory by others of the user."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _prepare_environment(paths: ProfilePaths) -> None:
    """Must run before torch is imported. Caches go into the profile's own folder.

    Whatever this process writes from here on, exports too, is closed to other users; the helper
    that starts the user's browser came before and keeps the system's rights.
    THP_MEM_ALLOC_ENABLE has torch ask for pages of 2 MB: weights are ready in half the time. The
    two capacities are those of oneDNN and of torch's layer above it: how many prepared products
    they keep. Their own 1,024 are hundreds of megabytes once prompts had many lengths.
    """
    os.umask(0o077)
    os.environ.update(
        ONEDNN_PRIMITIVE_CACHE_CAPACITY="256", LRU_CACHE_CAPACITY="256",
        HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1",
        USE_HUB_KERNELS="NO", TOKENIZERS_PARALLELISM="false", THP_MEM_ALLOC_ENABLE="1",
        HF_HOME=str(paths.cache / "huggingface"),
        TORCHINDUCTOR_CACHE_DIR=str(paths.cache / "inductor"),
        TRITON_CACHE_DIR=str(paths.cache / "triton"),
    )  # fmt: skip


class _SilentFormatter(logging.Formatter):
    """Tells of an exception its type and the places it went through, never its words."""

    def formatException(self, ei: object) -> str:  # noqa: N802  the library's name
        """One line for each place, outermost first."""
        kind, _error, trace = ei if isinstance(ei, tuple) else (None, None, None)
        places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
                  for frame in traceback.extract_tb(trace)]
        return "\n".join([getattr(kind, "__name__", "error"), *places])


class _ProfileLog(RotatingFileHandler):
    """A log file that, with its folder, is made by the first line that is written."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()


def _start_log(paths: ProfilePaths, level: int) -> None:
    """Sends our own log lines (identifiers and lengths only) to the profile's log file."""
    logging.raiseExceptions = False
    handler = _ProfileLog(paths.logs / "confidant.log", maxBytes=_LOG_BYTES, backupCount=2,
                          encoding="utf-8", delay=True)
    handler.setFormatter(_SilentFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in ("main", "ui", "engine", "storage"):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False
    sys.excepthook = lambda kind, error, trace: _log.critical(
        "uncaught", exc_info=(kind, error, trace))
    threading.excepthook = lambda hook: _log.critical(
        "uncaught in a thread", exc_info=hook.exc_value)


def _use_utf8() -> None:
    """Windows consoles default to other encodings; paths may hold bytes that are no text."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8")


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
