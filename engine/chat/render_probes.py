"""Renders a stranger's chat template with marks instead of words; runs in the limited child."""

from typing import Any, NoReturn

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MARK = "Qz{}zQ"
"""Stands for the words of a turn."""

PROBES: tuple[tuple[str, bool], ...] = (
    ("u", True), ("ua", False), ("uau", True), ("uaua", False), ("uauau", True),
    ("su", True), ("sua", False), ("suau", True), ("suaua", False), ("suauau", True),
)  # fmt: skip
"""Conversations to render: roles by their first letters, and whether an answer is opened."""

_ROLES = {"s": "system", "u": "user", "a": "assistant"}
_LIMIT = 20_000


def render_probes(source: str, tokens: dict[str, str]) -> list[str | None]:
    """The text of each of `PROBES`, None where the template refuses that conversation."""
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = _refuse
    try:
        template = environment.from_string(source)
    except (TemplateError, RecursionError):
        return [None] * len(PROBES)
    return [_render(template, roles, opened, tokens) for roles, opened in PROBES]


def _render(template: Any, roles: str, opened: bool, tokens: dict[str, str]) -> str | None:
    messages = [
        {"role": _ROLES[letter], "content": MARK.format(index)}
        for index, letter in enumerate(roles)
    ]
    try:
        text = str(template.render(messages=messages, add_generation_prompt=opened, **tokens))
    except Exception:
        return None
    return text if len(text) <= _LIMIT else None


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)
