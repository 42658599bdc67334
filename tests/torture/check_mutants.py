"""The limited process that looks at damaged files: one request a line, one outcome a line.

With it comes the longest time of the processor (s) for which nothing else could have happened.

Limits itself as the app's own child does (`engine.model.child_main`), so a parser that wants too
much memory or writes a file fails here as it would there.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from engine.contract import EngineError, FailureKind, ImportAdapter
from engine.library.reading import read_chats
from engine.model.check_folder import check_folder
from engine.model.check_gguf import check_gguf
from engine.model.child_main import limit_process
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from engine.skills.rows import read_rows
from engine.tuning.adapter_folder import import_folder
from storage.store import Store
from ui.chat.growing import GrowingText
from ui.chat.markdown import blocks

_MEMORY, _SECONDS = 6 << 30, 3600
_REFUSALS = (FailureKind.BAD_INPUT, FailureKind.ADAPTER_DAMAGED, FailureKind.UNSUPPORTED_MODEL)
_TAG = re.compile(r"<(/?)([a-z0-9]+)((?:[^<>\"]|\"[^\"]*\")*)>")
_TAGS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "s", "a", "code", "pre",
                   "br", "hr", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr",
                   "th", "td"})  # fmt: skip
_LINK = re.compile(r'href="(?!https?://|mailto:)', re.IGNORECASE)
_PIECE = 7


def outcome(kind: str, path: Path, lap: Callable[[], object] = lambda: None) -> str:
    """``accepted``, ``refused``, or what is wrong with the refusal or the acceptance.

    `lap` is called wherever the app would do something else before it goes on.
    """
    match kind:
        case "gguf":
            return _checked(check_gguf(path))
        case "model":
            return _checked(check_folder(path))
        case "markdown":
            return _shown(path.read_bytes().decode("utf-8", "replace"), lap)
    try:
        _take_in(kind, path)
    except EngineError as error:
        good = error.kind in _REFUSALS and error.detail.endswith(".")
        return "refused" if good else "unclear"
    return "accepted"


def _checked(found: dict[str, object]) -> str:
    if "record" in found:
        return "accepted"
    good = found.get("kind") in ("bad_input", "unsupported_model") and found.get("detail")
    return "refused" if good else "unclear"


def _take_in(kind: str, path: Path) -> None:
    if kind == "chats":
        read_chats(path, lambda: None)
    elif kind == "rows":
        read_rows(path, "training")
    else:
        model = _tiny(path.parent / "sound.gguf")
        import_folder(_store(), model, ImportAdapter(path=str(path)))


def _shown(text: str, lap: Callable[[], object] = lambda: None) -> str:
    """Whether an answer becomes our own tags and nothing that loads or runs, whole and growing.

    A growing answer is drawn between other events of the window, so each drawing is a lap.
    """
    growing = GrowingText()
    for at in range(0, len(text), _PIECE):
        growing.add(text[at : at + _PIECE])
        growing.blocks()
        lap()
    for made in (blocks(text), growing.blocks()):
        html = "".join(block.html for block in made)
        tags = _TAG.findall(html)
        if "<" in _TAG.sub("", html) or any(name not in _TAGS for _end, name, _rest in tags):
            return "a tag that is not ours"
        if any("src" in rest or _LINK.search(rest) for _end, _name, rest in tags):
            return "an address that is loaded or is no web page"
    return "accepted"


@lru_cache(maxsize=1)
def _store() -> Store:
    return Store.temporary()


@lru_cache(maxsize=1)
def _tiny(path: Path) -> LoadedModel:
    record = describe_gguf(path, "a" * 64)
    return load_model(record, LoadOptions(cache_dir=path.parent), lambda _fraction: None)


def main() -> None:
    """Answers until the input ends."""
    limit_process(_MEMORY, _SECONDS)
    for line in sys.stdin:
        asked = json.loads(line)
        laps = [time.process_time()]
        try:
            said = outcome(asked["kind"], Path(asked["path"]),
                           lambda: laps.append(time.process_time()))  # noqa: B023  called here
        except Exception as error:  # the very thing that is looked for
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            where = Path(place.tb_frame.f_code.co_filename).name if place else ""
            said = f"{type(error).__name__} in {where}:{place.tb_lineno if place else 0}"
        laps.append(time.process_time())
        spent = max(end - begin for begin, end in pairwise(laps))
        sys.stdout.write(json.dumps({"said": said, "seconds": spent}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
