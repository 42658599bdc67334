"""Installs the .deb of dist/ in a clean Debian and lives with it: chat, window, learning, removal.

``python -m tests.installed [STEP ...] [--folder DIR]``; needs root, debootstrap, Xvfb, xdotool and
ImageMagick. Without a step all run, in order; the userland stays in DIR, so that a step can be
repeated. The app runs as an ordinary user, without a network and without Python on the machine.
Prints one JSON object of figures; the exit code is 1 when something was not as it must be.
Screenshots lie in DIR afterwards.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

from tests.installed.life import Life
from tests.installed.screen import Screen
from tests.installed.userland import CannotTestError, Userland

ROOT = Path(__file__).parents[2]
STEPS = {
    "install": Life.install,
    "chat": Life.chat,
    "offline": Life.offline,
    "window": Life.window,
    "starts": Life.starts,
    "learn": Life.learn,
    "together": Life.together,
    "rollback": Life.rollback,
    "remove": Life.remove,
}


def main() -> int:
    """Carries out the steps."""
    parser = argparse.ArgumentParser(prog="python -m tests.installed")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "package-test")
    options = parser.parse_args()
    if unknown := set(options.steps) - set(STEPS):
        parser.error(f"there is no step called {unknown.pop()}")
    found = sorted((ROOT / "dist").glob("confidant_*.deb"))
    missing = [name for name in ("Xvfb", "xdotool", "import") if not shutil.which(name)]
    if not found or missing:
        sys.stderr.write(f"This test needs {', '.join(missing) or 'make package first'}.\n")
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        figures = live(options.folder, found[-1], options.steps or list(STEPS))
    except CannotTestError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def live(folder: Path, deb: Path, steps: list[str]) -> dict[str, object]:
    """The figures of these steps in the userland of `folder`.

    Raises:
        CannotTestError: when there can be no userland here.
    """
    place, screen = Userland(folder / "userland"), Screen()
    try:
        place.make()
        with place:
            life = Life(place, screen, folder, deb)
            for name in steps:
                STEPS[name](life)
                sys.stderr.write(f"{name}: {json.dumps(life.figures)}\n")
    finally:
        screen.close()
    return life.figures


if __name__ == "__main__":
    sys.exit(main())
