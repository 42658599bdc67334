"""The limited process that looks at damaged files: one request a line, one outcome a line.

Limits itself as the app's own child does (`engine.model.child_main`), so a parser that wants too
much memory or writes a file fails here as it would there.
"""

import json
import sys
import time
from pathlib import Path

from engine.contract import EngineError, FailureKind
from engine.library.reading import read_chats
from engine.model.check_folder import check_folder
from engine.model.check_gguf import check_gguf
from engine.model.child_main import limit_process

_MEMORY, _SECONDS = 3 << 30, 3600


def outcome(kind: str, path: Path) -> str:
    """``accepted``, ``refused``, or what is wrong with the refusal."""
    if kind == "chats":
        try:
            read_chats(path, lambda: None)
        except EngineError as error:
            good = error.kind is FailureKind.BAD_INPUT and error.detail.endswith(".")
            return "refused" if good else "unclear"
        return "accepted"
    found = check_gguf(path) if kind == "gguf" else check_folder(path)
    if "record" in found:
        return "accepted"
    good = found.get("kind") in ("bad_input", "unsupported_model") and found.get("detail")
    return "refused" if good else "unclear"


def main() -> None:
    """Answers until the input ends."""
    limit_process(_MEMORY, _SECONDS)
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.process_time()
        try:
            said = outcome(asked["kind"], Path(asked["path"]))
        except Exception as error:  # the very thing that is looked for
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = Path(place.tb_frame.f_code.co_filename).name if place else ""
            said = f"{type(error).__name__} in {where}:{place.tb_lineno if place else 0}"
        spent = time.process_time() - began
        sys.stdout.write(json.dumps({"said": said, "seconds": spent}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
