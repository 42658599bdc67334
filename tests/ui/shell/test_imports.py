"""The window must open before anything heavy is loaded."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
HEAVY = ("torch", "transformers", "peft", "bitsandbytes", "sqlcipher3")


def test_importing_ui_loads_neither_torch_nor_transformers():
    code = f"""
import sys, importlib, pathlib
import ui, ui.app
for path in sorted(pathlib.Path("ui").rglob("*.py")):
    parts = path.with_suffix("").parts
    if parts[1] != "terminal" and parts[-1] != "__init__":
        importlib.import_module(".".join(parts))
bad = [name for name in {HEAVY!r} if name in sys.modules]
bad += [name for name in sys.modules if name.split(".")[0] == "engine"
        and not name.startswith("engine.contract") and name != "engine"]
print(",".join(bad))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
