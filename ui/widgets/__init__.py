"""Parts that several pages share. See each module for its one purpose."""

from ui.widgets.buttons import IconButton, allow, forbid, push_button
from ui.widgets.card import Card, EmptyState, Notice, line
from ui.widgets.errors import InlineError, failure_heading
from ui.widgets.formats import bytes_text, date_text, duration_text, percent_text
from ui.widgets.labels import Heading, Text
from ui.widgets.page import Page
from ui.widgets.rows import SettingRow
from ui.widgets.switch import Switch
from ui.widgets.undo_bar import UndoBar

__all__ = [
    "Card", "EmptyState", "Heading", "IconButton", "InlineError", "Notice", "Page", "SettingRow",
    "Switch", "Text", "UndoBar", "allow", "bytes_text", "date_text", "duration_text",
    "failure_heading", "forbid", "line", "percent_text", "push_button",
]  # fmt: skip
