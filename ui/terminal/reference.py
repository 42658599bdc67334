"""The reference part of docs/cli.md, made from the parsers themselves.

``python -m ui.terminal.reference docs/cli.md`` renews everything below the marker line.
"""

import sys
from pathlib import Path

from ui.terminal.options import PROGRAM, build_parser, command_parsers

MARKER = "<!-- The rest is made by: python -m ui.terminal.reference docs/cli.md -->"


def reference() -> str:
    """Markdown with the help text of every command."""
    parser = build_parser()
    helps = {PROGRAM: parser.format_help()}
    helps |= {f"{PROGRAM} {name}": one.format_help()
              for name, one in command_parsers(parser).items()}
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in helps.items()]
    return "\n".join(parts)


def renewed(document: str) -> str:
    """`document` with the part below the marker made anew."""
    written, marker, _old = document.partition(MARKER)
    if not marker:
        raise ValueError(f"the marker line is missing: {MARKER}")
    return f"{written}{MARKER}\n\n{reference()}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
