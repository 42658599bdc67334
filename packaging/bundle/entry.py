"""The first lines of the installed program.

The program starts itself again to look at strangers' files (`engine.model.child`); that child must
load nothing of the app, so its argument is looked at before anything else.
"""

import sys

from engine.model.child import CHILD_FLAG


def start() -> int:
    """Runs the checking child or the app; returns the exit code."""
    if sys.argv[1:2] == [CHILD_FLAG]:
        from engine.model.child_main import main as check

        return check()
    from main import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
