"""The words of the settings, named here so that the translation tools find them.

`storage.settings` declares the English texts without Qt; a test keeps both lists equal.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from storage.settings import Setting

__all__ = ["SOURCES", "choice_text", "help_text", "label_text", "special_text", "unit_text"]

SOURCES: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Settings", "Language"),
    QT_TRANSLATE_NOOP("Settings", "The language of the window; it changes at the next start."),
    QT_TRANSLATE_NOOP("Settings", "Theme"),
    QT_TRANSLATE_NOOP("Settings", "Light or dark, or whatever the system shows."),
    QT_TRANSLATE_NOOP("Settings", "Text size"),
    QT_TRANSLATE_NOOP("Settings", "Scales all text of the window."),
    QT_TRANSLATE_NOOP("Settings", "Show token speed"),
    QT_TRANSLATE_NOOP("Settings", "Shows tokens per second under each new answer."),
    QT_TRANSLATE_NOOP("Settings", "Instruction"),
    QT_TRANSLATE_NOOP("Settings", "What the assistant is told before every conversation."),
    QT_TRANSLATE_NOOP("Settings", "Use memory"),
    QT_TRANSLATE_NOOP("Settings", "Adds remembered facts that fit your question to the prompt."),
    QT_TRANSLATE_NOOP("Settings", "Look into earlier chats"),
    QT_TRANSLATE_NOOP(
        "Settings", "Adds fitting messages of your other chats to the prompt, while memory is on."
    ),
    QT_TRANSLATE_NOOP("Settings", "Temperature"),
    QT_TRANSLATE_NOOP("Settings", "0 always takes the likeliest word; higher is more varied."),
    QT_TRANSLATE_NOOP("Settings", "Longest answer"),
    QT_TRANSLATE_NOOP("Settings", "An answer stops after this many tokens."),
    QT_TRANSLATE_NOOP("Settings", "Top-k"),
    QT_TRANSLATE_NOOP("Settings", "Chooses among this many likeliest tokens; 0 means all."),
    QT_TRANSLATE_NOOP("Settings", "Top-p"),
    QT_TRANSLATE_NOOP("Settings", "Chooses among the likeliest tokens that make up this share."),
    QT_TRANSLATE_NOOP("Settings", "Min-p"),
    QT_TRANSLATE_NOOP("Settings", "Drops tokens less likely than this share of the likeliest one."),
    QT_TRANSLATE_NOOP("Settings", "Repetition penalty"),
    QT_TRANSLATE_NOOP("Settings", "Above 1, words already used become less likely."),
    QT_TRANSLATE_NOOP("Settings", "Seed"),
    QT_TRANSLATE_NOOP("Settings", "The same seed repeats the same answer; -1 draws a new one."),
    QT_TRANSLATE_NOOP("Settings", "Learn from my chats"),
    QT_TRANSLATE_NOOP(
        "Settings", "Off: nothing is ever learned. On: conversations you allow go to the inbox."
    ),
    QT_TRANSLATE_NOOP("Settings", "Find facts with"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Rules find plain statements; a model finds more, and automatic asks it from a billion "
        "parameters on.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Effort"),
    QT_TRANSLATE_NOOP("Settings", "How long learning may take and how much it repeats."),
    QT_TRANSLATE_NOOP("Settings", "Strength"),
    QT_TRANSLATE_NOOP("Settings", "How strongly what was learned shapes answers; 0 is untuned."),
    QT_TRANSLATE_NOOP("Settings", "Used for"),
    QT_TRANSLATE_NOOP("Settings", "Questions about you and what you told, or every question."),
    QT_TRANSLATE_NOOP("Settings", "Time limit"),
    QT_TRANSLATE_NOOP("Settings", "Learning stops after this many minutes and keeps the best."),
    QT_TRANSLATE_NOOP("Settings", "Optimizer"),
    QT_TRANSLATE_NOOP("Settings", "AdamW suits nearly everyone; SGD needs less memory."),
    QT_TRANSLATE_NOOP("Settings", "Learning rate"),
    QT_TRANSLATE_NOOP("Settings", "How far each step moves the adapter; 0 takes the preset's."),
    QT_TRANSLATE_NOOP("Settings", "Rank"),
    QT_TRANSLATE_NOOP("Settings", "The adapter's capacity; higher learns more and costs more."),
    QT_TRANSLATE_NOOP("Settings", "Alpha"),
    QT_TRANSLATE_NOOP("Settings", "Scales the adapter by alpha divided by rank."),
    QT_TRANSLATE_NOOP("Settings", "Steps"),
    QT_TRANSLATE_NOOP("Settings", "Optimizer steps of one attempt; 0 takes the preset's."),
    QT_TRANSLATE_NOOP("Settings", "Replay weight"),
    QT_TRANSLATE_NOOP(
        "Settings", "Holds answers to general questions close to the untuned model's."
    ),
    QT_TRANSLATE_NOOP("Settings", "Write training figures"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Writes TensorBoard files of each training: numbers, never words, unencrypted.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Lock after"),
    QT_TRANSLATE_NOOP("Settings", "Minutes without input until the window locks; 0 is never."),
    QT_TRANSLATE_NOOP("Settings", "Clear clipboard after"),
    QT_TRANSLATE_NOOP(
        "Settings", "Seconds until copied chat text leaves the clipboard; 0 is never."
    ),
    QT_TRANSLATE_NOOP("Settings", "Keep conversations for"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Days after its newest message until a conversation is erased; 0 is for ever.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Never learn"),
    QT_TRANSLATE_NOOP(
        "Settings", "Words, one a line; a message that holds one of them is never learned."
    ),
    QT_TRANSLATE_NOOP("Settings", "Leave out e-mail addresses"),
    QT_TRANSLATE_NOOP("Settings", "Leave out phone numbers"),
    QT_TRANSLATE_NOOP("Settings", "Leave out web addresses"),
    QT_TRANSLATE_NOOP("Settings", "Leave out card numbers"),
    QT_TRANSLATE_NOOP("Settings", "Leave out bank accounts"),
    QT_TRANSLATE_NOOP("Settings", "Leave out social security numbers"),
    QT_TRANSLATE_NOOP("Settings", "Leave out ID numbers"),
    QT_TRANSLATE_NOOP("Settings", "Leave out network addresses"),
    QT_TRANSLATE_NOOP("Settings", "On: replaced by a placeholder before anything is learned."),
    QT_TRANSLATE_NOOP("Settings", "Model"),
    QT_TRANSLATE_NOOP(
        "Settings", "Identifier of the model in use; empty is the one that came with the app."
    ),
    QT_TRANSLATE_NOOP("Settings", "Device"),
    QT_TRANSLATE_NOOP("Settings", "Where the model runs; auto takes the GPU when there is one."),
    QT_TRANSLATE_NOOP("Settings", "Threads"),
    QT_TRANSLATE_NOOP("Settings", "Processor threads for the model; 0 chooses for this machine."),
    QT_TRANSLATE_NOOP("Settings", "Context length"),
    QT_TRANSLATE_NOOP(
        "Settings", "Tokens the model may look back on; 0 takes what the model and memory allow."
    ),
)


def label_text(setting: Setting) -> str:
    """The setting's name in the window's language."""
    return QCoreApplication.translate("Settings", setting.label)


def help_text(setting: Setting) -> str:
    """One sentence of help in the window's language."""
    return QCoreApplication.translate("Settings", setting.help)


def choice_text(key: str, choice: str) -> str:
    """What one choice of setting `key` is called; its stored name when it has no other."""
    translate = QCoreApplication.translate
    words = {
        ("language", "system"): translate("SettingChoices", "As the system"),
        ("language", "en"): "English",
        ("language", "zh_CN"): "简体中文",
        ("theme", "system"): translate("SettingChoices", "As the system"),
        ("theme", "light"): translate("SettingChoices", "Light"),
        ("theme", "dark"): translate("SettingChoices", "Dark"),
        ("extraction", "auto"): translate("SettingChoices", "Automatic"),
        ("extraction", "rules"): translate("SettingChoices", "Rules alone"),
        ("extraction", "model"): translate("SettingChoices", "Rules and the model"),
        ("preset", "quick"): translate("SettingChoices", "Quick"),
        ("preset", "balanced"): translate("SettingChoices", "Balanced"),
        ("preset", "thorough"): translate("SettingChoices", "Thorough"),
        ("adapter_scope", "about_me"): translate("SettingChoices", "Questions about me"),
        ("adapter_scope", "always"): translate("SettingChoices", "Every question"),
        ("optimizer", "adamw"): "AdamW",
        ("optimizer", "sgd"): "SGD",
        ("device", "auto"): translate("SettingChoices", "Automatic"),
        ("device", "cpu"): translate("SettingChoices", "Processor"),
        ("device", "cuda"): translate("SettingChoices", "NVIDIA GPU"),
    }
    return words.get((key, choice), choice)


def special_text(key: str) -> str:
    """What the lowest value of a number means where it is no number; empty where it is one."""
    translate = QCoreApplication.translate
    return {
        "auto_lock_minutes": translate("SettingChoices", "Never"),
        "clipboard_clear_seconds": translate("SettingChoices", "Never"),
        "retention_days": translate("SettingChoices", "For ever"),
        "seed": translate("SettingChoices", "New each time"),
        "top_k": translate("SettingChoices", "All"),
        "learning_rate": translate("SettingChoices", "Preset's"),
        "steps": translate("SettingChoices", "Preset's"),
        "threads": translate("SettingChoices", "Automatic"),
        "context_length": translate("SettingChoices", "Automatic"),
    }.get(key, "")


def unit_text(key: str) -> str:
    """The unit shown after a number, with the space before it; empty where there is none."""
    translate = QCoreApplication.translate
    return {
        "font_scale": " %",
        "adapter_strength": " %",
        "auto_lock_minutes": translate("SettingChoices", " min"),
        "max_minutes": translate("SettingChoices", " min"),
        "retention_days": translate("SettingChoices", " days"),
        "clipboard_clear_seconds": translate("SettingChoices", " s"),
        "max_tokens": translate("SettingChoices", " tokens"),
        "context_length": translate("SettingChoices", " tokens"),
    }.get(key, "")
