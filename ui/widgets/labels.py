"""Labels that show plain text only, so that no stored text can act as markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

__all__ = ["Heading", "Text", "set_kind"]


def set_kind(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet looks at, and has the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class Text(QLabel):
    """Plain text that wraps. ``kind``: text, strong, help, tiny, muted, good, bad or number."""

    def __init__(
        self, text: str = "", kind: str = "text", parent: QWidget | None = None, *,
        wrap: bool = True, selectable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)

    def set_kind(self, kind: str) -> None:
        """Changes the look."""
        set_kind(self, "kind", kind)


class Heading(Text):
    """A heading: ``title`` of a page, ``heading`` of a part, ``greeting`` of an empty chat."""

    def __init__(
        self, text: str = "", kind: str = "heading", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, kind, parent)
