"""Every setting, declared once: key, type, bounds, default, label and one sentence of help.

The settings page, the stored values, the terminal options and docs all derive from `SETTINGS`.
Labels and help are the English source texts; `ui` translates them in the context ``Settings``.
"""

from dataclasses import dataclass
from enum import StrEnum

SettingValue = bool | int | float | str


class Level(StrEnum):
    """Where a setting is shown: to everyone, or behind *Advanced*."""

    SIMPLE = "simple"
    ADVANCED = "advanced"


class Page(StrEnum):
    """The page that shows a setting."""

    GENERAL = "general"
    CHAT = "chat"
    LEARNING = "learning"
    PRIVACY = "privacy"
    ENGINE = "engine"


class SettingError(ValueError):
    """A value that a setting does not accept; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. ``choices`` limits text; ``minimum`` and ``maximum`` limit numbers."""

    key: str
    page: Page
    default: SettingValue
    label: str
    help: str
    level: Level = Level.SIMPLE
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()
    multiline: bool = False

    def check(self, value: object) -> SettingValue:
        """Returns `value` in this setting's type, or raises `SettingError`."""
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise SettingError(f"{self.label} needs a value of type {kind.__name__}.")
        checked: SettingValue = value
        if self.choices and checked not in self.choices:
            raise SettingError(f"{self.label} must be one of: {', '.join(self.choices)}.")
        if isinstance(checked, int | float) and not isinstance(checked, bool):
            self._check_bounds(float(checked))
        return checked

    def _check_bounds(self, value: float) -> None:
        low, high = self.minimum, self.maximum
        if (low is not None and not value >= low) or (high is not None and not value <= high):
            raise SettingError(f"{self.label} must be between {low:g} and {high:g}.")


REDACTED_KINDS: dict[str, str] = {
    "email": "Leave out e-mail addresses",
    "phone": "Leave out phone numbers",
    "url": "Leave out web addresses",
    "card": "Leave out card numbers",
    "iban": "Leave out bank accounts",
    "ssn": "Leave out social security numbers",
    "id_number": "Leave out ID numbers",
    "ip": "Leave out network addresses",
}
"""Kinds of text that are taken out before learning unless the user lets them in.

Passwords and keys are taken out always.
"""

_G, _C, _L, _P, _E = Page.GENERAL, Page.CHAT, Page.LEARNING, Page.PRIVACY, Page.ENGINE
_ADV = Level.ADVANCED

_DECLARED: tuple[Setting, ...] = (
    Setting(key="language", page=_G, default="system", choices=("system", "en", "zh_CN"),
            label="Language", help="The language of the window; it changes at the next start."),
    Setting(key="theme", page=_G, default="system", choices=("system", "light", "dark"),
            label="Theme", help="Light or dark, or whatever the system shows."),
    Setting(key="font_scale", page=_G, default=1.0, minimum=0.75, maximum=2.0, step=0.05,
            label="Text size", help="Scales all text of the window."),
    Setting(key="show_speed", page=_C, default=False,
            label="Show token speed", help="Shows tokens per second under each new answer."),
    Setting(key="instruction", page=_C, multiline=True,
            default="You are a helpful AI assistant.",
            label="Instruction", help="What the assistant is told before every conversation."),
    Setting(key="memory", page=_C, default=True,
            label="Use memory", help="Adds remembered facts that fit your question to the prompt."),
    Setting(key="past_chats", page=_C, default=False, label="Look into earlier chats",
            help="Adds fitting messages of your other chats to the prompt, while memory is on."),
    Setting(key="temperature", page=_C, default=0.3, minimum=0.0, maximum=2.0, step=0.05,
            label="Temperature", help="0 always takes the likeliest word; higher is more varied."),
    Setting(key="max_tokens", page=_C, default=512, minimum=1, maximum=8192, step=1,
            label="Longest answer", help="An answer stops after this many tokens."),
    Setting(key="top_k", page=_C, level=_ADV, default=40, minimum=0, maximum=1000, step=1,
            label="Top-k", help="Chooses among this many likeliest tokens; 0 means all."),
    Setting(key="top_p", page=_C, level=_ADV, default=0.95, minimum=0.01, maximum=1.0, step=0.01,
            label="Top-p", help="Chooses among the likeliest tokens that make up this share."),
    Setting(key="min_p", page=_C, level=_ADV, default=0.05, minimum=0.0, maximum=1.0, step=0.01,
            label="Min-p", help="Drops tokens less likely than this share of the likeliest one."),
    Setting(key="repetition_penalty", page=_C, level=_ADV, default=1.1,
            minimum=1.0, maximum=2.0, step=0.05, label="Repetition penalty",
            help="Above 1, words already used become less likely."),
    Setting(key="seed", page=_C, level=_ADV, default=-1, minimum=-1, maximum=2**31 - 1, step=1,
            label="Seed", help="The same seed repeats the same answer; -1 draws a new one."),
    Setting(key="learning_consent", page=_L, default=False, label="Learn from my chats",
            help="Off: nothing is ever learned. On: conversations you allow go to the inbox."),
    Setting(key="extraction", page=_L, default="auto", choices=("auto", "rules", "model"),
            label="Find facts with", help="Rules find plain statements; a model finds more, "
            "and automatic asks it from a billion parameters on."),
    Setting(key="preset", page=_L, default="balanced", choices=("quick", "balanced", "thorough"),
            label="Effort", help="How long learning may take and how much it repeats."),
    Setting(key="adapter_strength", page=_L, default=1.0, minimum=0.0, maximum=1.5, step=0.05,
            label="Strength", help="How strongly what was learned shapes answers; 0 is untuned."),
    Setting(key="adapter_scope", page=_L, level=_ADV, default="about_me",
            choices=("about_me", "always"), label="Used for",
            help="Questions about you and what you told, or every question."),
    Setting(key="max_minutes", page=_L, default=10, minimum=1, maximum=1440, step=1,
            label="Time limit", help="Learning stops after this many minutes and keeps the best."),
    Setting(key="optimizer", page=_L, level=_ADV, default="adamw", choices=("adamw", "sgd"),
            label="Optimizer", help="AdamW suits nearly everyone; SGD needs less memory."),
    Setting(key="learning_rate", page=_L, level=_ADV, default=0.0, minimum=0.0, maximum=0.1,
            step=0.0001, label="Learning rate",
            help="How far each step moves the adapter; 0 takes the preset's."),
    Setting(key="rank", page=_L, level=_ADV, default=16, minimum=1, maximum=128, step=1,
            label="Rank", help="The adapter's capacity; higher learns more and costs more."),
    Setting(key="alpha", page=_L, level=_ADV, default=32.0, minimum=1.0, maximum=256.0, step=1.0,
            label="Alpha", help="Scales the adapter by alpha divided by rank."),
    Setting(key="steps", page=_L, level=_ADV, default=0, minimum=0, maximum=10000, step=1,
            label="Steps", help="Optimizer steps of one attempt; 0 takes the preset's."),
    Setting(key="replay_weight", page=_L, level=_ADV, default=1.0, minimum=0.0, maximum=10.0,
            step=0.1, label="Replay weight",
            help="Holds answers to general questions close to the untuned model's."),
    Setting(key="training_figures", page=_L, level=_ADV, default=False,
            label="Write training figures",
            help="Writes TensorBoard files of each training: numbers, never words, unencrypted."),
    Setting(key="auto_lock_minutes", page=_P, default=0, minimum=0, maximum=1440, step=1,
            label="Lock after", help="Minutes without input until the window locks; 0 is never."),
    Setting(key="clipboard_clear_seconds", page=_P, default=0, minimum=0, maximum=3600, step=5,
            label="Clear clipboard after",
            help="Seconds until copied chat text leaves the clipboard; 0 is never."),
    Setting(key="retention_days", page=_P, default=0, minimum=0, maximum=3650, step=1,
            label="Keep conversations for",
            help="Days after its newest message until a conversation is erased; 0 is for ever."),
    Setting(key="never_learn", page=_P, default="", multiline=True, label="Never learn",
            help="Words, one a line; a message that holds one of them is never learned."),
    *(Setting(key=f"redact_{kind}", page=_P, level=_ADV, default=True, label=label,
              help="On: replaced by a placeholder before anything is learned.")
      for kind, label in REDACTED_KINDS.items()),
    Setting(key="active_model", page=_E, level=_ADV, default="", label="Model",
            help="Identifier of the model in use; empty is the one that came with the app."),
    Setting(key="device", page=_E, default="auto", choices=("auto", "cpu", "cuda"),
            label="Device", help="Where the model runs; auto takes the GPU when there is one."),
    Setting(key="threads", page=_E, level=_ADV, default=0, minimum=0, maximum=256, step=1,
            label="Threads", help="Processor threads for the model; 0 chooses for this machine."),
    Setting(key="context_length", page=_E, level=_ADV, default=0, minimum=0, maximum=131072,
            step=256, label="Context length",
            help="Tokens the model may look back on; 0 takes what the model and memory allow."),
)

SETTINGS: dict[str, Setting] = {setting.key: setting for setting in _DECLARED}


def defaults() -> dict[str, SettingValue]:
    """Every key with its default."""
    return {key: setting.default for key, setting in SETTINGS.items()}


def check(key: str, value: object) -> SettingValue:
    """The checked value of setting `key`; raises `SettingError` for an unknown key or bad value."""
    if key not in SETTINGS:
        raise SettingError(f"There is no setting called {key}.")
    return SETTINGS[key].check(value)
