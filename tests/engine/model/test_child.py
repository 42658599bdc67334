import time
from pathlib import Path

import pytest

from engine.model import child
from engine.model.child import ChildFailedError, run_child

_GB = 1 << 30


def test_a_hanging_template_is_killed() -> None:
    source = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    started = time.perf_counter()
    with pytest.raises(ChildFailedError):
        run_child("render_probes", seconds=1.0, memory_bytes=_GB, source=source, tokens={})
    assert time.perf_counter() - started < 4.0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    hungry = child._START.replace(
        "from engine.model.child_main import main; sys.exit(main())",
        "from engine.model.child_main import limit_process; limit_process(1 << 29, 10); "
        "print(len(bytes(1 << 30)))",
    )
    monkeypatch.setattr(child, "_START", hungry)
    with pytest.raises(ChildFailedError):
        run_child("any", seconds=10, memory_bytes=_GB)


def test_the_child_cannot_write_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "written"
    writing = child._START.replace(
        "from engine.model.child_main import main; sys.exit(main())",
        "from engine.model.child_main import limit_process; limit_process(1 << 30, 10); "
        f"open({str(target)!r}, 'w').write('x'); print(1)",
    )
    monkeypatch.setattr(child, "_START", writing)
    with pytest.raises(ChildFailedError):
        run_child("any", seconds=10, memory_bytes=_GB)
    assert not target.exists() or target.stat().st_size == 0


def test_unknown_tasks_fail() -> None:
    with pytest.raises(ChildFailedError):
        run_child("dance", seconds=5, memory_bytes=_GB)
