"""The child's side of `engine.model.child`: limits itself, does one task, answers, ends."""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    """Reads the request from standard input and writes the answer to standard output."""
    request = json.loads(sys.stdin.buffer.read())
    limit_process(int(request["memory_bytes"]), int(request["seconds"]) + 1)
    answer = _do(request)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def limit_process(memory_bytes: int, seconds: int) -> None:
    """Bounds this process where the system can: memory, processor time, no files written."""
    try:
        import resource
    except ImportError:
        return
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def _do(request: dict[str, Any]) -> dict[str, Any]:
    """Each task imports what it needs, so that one is not slowed by another's libraries."""
    task = request["task"]
    match task:
        case "check_gguf":
            from engine.model.check_gguf import check_gguf

            return check_gguf(Path(request["path"]))
        case "check_folder":
            from engine.model.check_folder import check_folder

            return check_folder(Path(request["path"]))
        case "render_probes":
            from engine.chat.render_probes import render_probes

            return {"probes": render_probes(request["source"], request["tokens"])}
        case "try_socket":
            from engine.offline.proof import try_socket

            return {"errno": try_socket()}
        case _:
            raise ValueError(task)


if __name__ == "__main__":
    sys.exit(main())
