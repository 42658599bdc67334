"""Builds what a user installs. Usage: ``python packaging/package.py [STEP ...]``.

Without a step, all that this system can build, in order. Each step leaves its result in
``build/package`` or ``dist``, so that one can be repeated alone. Run it with the interpreter of the
environment (``make package`` does).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bundle import archive, checksums, frozen, icons, libraries, sbom, sizes
from bundle.places import PackageError
from linux import deb

STEPS: dict[str, Callable[[], object]] = {
    "libraries": libraries.build,
    "icons": icons.build,
    "freeze": frozen.freeze,
    "sizes": sizes.build,
    "sbom": sbom.build,
    "deb": deb.build,
    "archive": archive.build,
    "checksums": checksums.build,
}
"""Every step by its name, in order."""


def main(arguments: list[str]) -> int:
    """Carries out the steps; returns the exit code (0 good, 1 failed, 2 wrong usage)."""
    unknown = [name for name in arguments if name not in STEPS]
    if unknown:
        print(f"There is no step {unknown[0]}; choose from {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    chosen = arguments or [name for name in STEPS if name != "deb" or deb.is_possible()]
    try:
        for name in chosen:
            STEPS[name]()
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
