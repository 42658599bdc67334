"""The small buttons under a message, and the switch between its versions."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from storage.records import MessageRecord, MessageState, Role
from ui.chat.long_text import breakable
from ui.widgets.buttons import IconButton, allow, forbid
from ui.widgets.labels import Text

__all__ = ["MessageActions"]


class MessageActions(QWidget):
    """Copy, edit, regenerate, thumbs, learning of this message, versions.

    Signals:
        asked: what was pressed: copy, edit, regenerate, up, down, explain, learn_never,
            learn_follow.
        version_asked: the message id of another version.
    """

    asked = Signal(str)
    version_asked = Signal(str)

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._siblings: tuple[str, ...] = ()
        self._at = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        self._add_versions()
        self._add("copy", self.tr("Copy"), "copyButton", "copy")
        if role is Role.USER:
            self._edit = self._add("edit", self.tr("Edit and ask again"), "editButton", "edit")
            self._add_consent()
        else:
            self._add("refresh", self.tr("Answer again"), "regenerateButton", "regenerate")
            self._add("edit", self.tr("Write a better answer"), "rewriteButton", "edit")
            self._up = self._add("thumb-up", self.tr("Good answer"), "thumbUpButton", "up")
            self._down = self._add("thumb-down", self.tr("Bad answer"), "thumbDownButton", "down")
            self._add("info", self.tr("Why this answer?"), "explainButton", "explain")
            self._up.setCheckable(True)
            self._down.setCheckable(True)
        self._role = role
        self.note = Text("", "tiny", wrap=False)
        self.note.setObjectName("messageNote")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self.note, 1)

    def _add(self, icon: str, text: str, name: str, what: str) -> IconButton:
        button = IconButton(icon, text, name, size=16)
        button.clicked.connect(lambda: self.asked.emit(what))
        self._row.addWidget(button)
        return button

    def _add_versions(self) -> None:
        self._earlier = IconButton("left", self.tr("Earlier version"), "earlierButton", size=14)
        self._count = Text("", "tiny", wrap=False)
        self._count.setObjectName("versionCount")
        self._later = IconButton("right", self.tr("Later version"), "laterButton", size=14)
        self._earlier.clicked.connect(lambda: self._step(-1))
        self._later.clicked.connect(lambda: self._step(1))
        for part in (self._earlier, self._count, self._later):
            self._row.addWidget(part)

    def _add_consent(self) -> None:
        self._more = IconButton("more", self.tr("More"), "messageMoreButton", size=16)
        self._more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._more)
        self._never = QAction(self.tr("Never learn from this message"), menu)
        self._never.setCheckable(True)
        self._never.triggered.connect(
            lambda on: self.asked.emit("learn_never" if on else "learn_follow")
        )
        menu.addAction(self._never)
        self._more.setMenu(menu)
        self._row.addWidget(self._more)

    def _step(self, by: int) -> None:
        self.version_asked.emit(self._siblings[self._at + by])

    def show_message(self, record: MessageRecord) -> None:
        """Shows the state of `record`: rating, versions, learning."""
        siblings = record.sibling_ids if len(record.sibling_ids) > 1 else ()
        self._siblings = siblings
        self._at = siblings.index(record.id) if record.id in siblings else 0
        for part in (self._earlier, self._count, self._later):
            part.setVisible(bool(siblings))
        self._count.setText(f"{self._at + 1}/{len(siblings)}")
        self._earlier.setEnabled(self._at > 0)
        self._later.setEnabled(self._at + 1 < len(siblings))
        if self._role is Role.USER:
            if breakable(record.text) != record.text:
                forbid(self._edit, self.tr("Too long to edit here; copy it instead"))
            elif not self._edit.isEnabled():
                allow(self._edit)
            self._never.setChecked(record.consent is False)
        else:
            self._up.setChecked(record.rating == 1)
            self._down.setChecked(record.rating == -1)
        self.setVisible(record.state is not MessageState.STREAMING)
