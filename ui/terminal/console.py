"""What a command writes: results to standard output, everything else to standard error."""

import json
import sys
from typing import TextIO


class Console:
    """Two text streams. Results flush at once, so that a reader of the pipe need not wait."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    @property
    def notes_on_screen(self) -> bool:
        """True when standard error is a terminal that a person looks at."""
        return self._err.isatty()

    @property
    def results_on_screen(self) -> bool:
        """True when standard output is a terminal that a person looks at."""
        return self._out.isatty()

    def write(self, text: str) -> None:
        """Writes a part of a result."""
        self._out.write(text)
        self._out.flush()

    def line(self, text: str = "") -> None:
        """Writes a line of a result."""
        self.write(text + "\n")

    def json(self, value: object) -> None:
        """Writes a JSON value on one line, in readable Unicode."""
        self.line(json.dumps(value, ensure_ascii=False, allow_nan=False))

    def note(self, text: str) -> None:
        """Writes a line that is no result."""
        self.redraw(text + "\n")

    def redraw(self, text: str) -> None:
        """Writes to standard error exactly as given."""
        self._err.write(text)
        self._err.flush()


def is_text(untrusted_text: str) -> bool:
    """False for what stands for bytes that are no text, as a shell or a JSON escape can bring."""
    try:
        untrusted_text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
