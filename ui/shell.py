"""The opened window: rail, pages, status bar. Made once the profile is open."""

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.contract import Failed
from ui.chat.view import ChatPage
from ui.engine_client import EngineClient
from ui.jump import JumpDialog
from ui.status.bar import StatusBar
from ui.status.state import AppState
from ui.widgets.errors import InlineError
from ui.widgets.rail import Rail

__all__ = ["PAGES", "Shell"]

PAGES = ("chat", "learning", "memory", "skills", "models", "privacy", "settings")


class _Page(Protocol):
    """What the shell needs of a page."""

    def activate(self) -> None:
        """The page comes into view."""


class Shell(QWidget):
    """Rail, pages and status bar. Pages other than the chat are made when first shown.

    Signals:
        lock_asked: the user wants the lock.
    """

    lock_asked = Signal()

    def __init__(
        self, client: EngineClient, state: AppState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._state = client, state
        self._made: dict[str, QWidget] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.rail = Rail()
        middle.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.error = InlineError("shellError")
        right.addWidget(self.error)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        middle.addLayout(right, 1)
        outer.addLayout(middle, 1)
        self.status = StatusBar(state)
        self.status.lock_asked.connect(self.lock_asked)
        outer.addWidget(self.status)
        self.chat = ChatPage(client, state)
        self.chat.page_asked.connect(self.go)
        self._fill_rail()
        self._shortcuts()
        client.failure.connect(self.error.show_failure)
        state.changed.connect(self._show_load_failure)
        self._shown_failure: Failed | None = None

    # -- pages ------------------------------------------------------------------------------------

    def _titles(self) -> dict[str, tuple[str, str]]:
        """Title and shortcut of each page."""
        return {
            "chat": (self.tr("Chat"), "Ctrl+1"),
            "learning": (self.tr("Learning"), "Ctrl+2"),
            "memory": (self.tr("Memory"), "Ctrl+3"),
            "skills": (self.tr("Skills"), "Ctrl+4"),
            "models": (self.tr("Models"), "Ctrl+5"),
            "privacy": (self.tr("Privacy"), "Ctrl+6"),
            "settings": (self.tr("Settings"), "Ctrl+,"),
        }

    def _fill_rail(self) -> None:
        for name, (title, keys) in self._titles().items():
            self.rail.add(name, name, title, f"{title} ({keys})", bottom=name == "settings")
        self.rail.chosen.connect(self.go)

    def go(self, name: str) -> None:
        """Shows page `name`."""
        page = self.page(name)
        self.error.clear()
        self.stack.setCurrentWidget(page)
        self.rail.mark(name)
        cast(_Page, page).activate()

    def page(self, name: str) -> QWidget:
        """The page `name`, made now if it is not there yet."""
        if name not in self._made:
            made = self.chat if name == "chat" else _maker(name)(self._client)
            self._made[name] = made
            self.stack.addWidget(made)
        return self._made[name]

    # -- keys -------------------------------------------------------------------------------------

    def _shortcuts(self) -> None:
        table: dict[str, Callable[[], None]] = {
            "Ctrl+N": self._new_chat, "Ctrl+F": self._find, "Ctrl+K": self._jump,
            "Ctrl+L": self._lock,
        }  # fmt: skip
        for name, (_title, keys) in self._titles().items():
            table[keys] = lambda name=name: self.go(name)  # type: ignore[misc]
        for keys, act in table.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _new_chat(self) -> None:
        self.go("chat")
        self.chat.new_chat()

    def _find(self) -> None:
        self.go("chat")
        self.chat.find_text()

    def _lock(self) -> None:
        if self.status.lock.isEnabled():
            self.lock_asked.emit()

    def _jump(self) -> None:
        pages = [(title, f"page:{name}") for name, (title, _keys) in self._titles().items()]
        chats = [(r.title, f"chat:{r.id}") for r in self.chat.list.records if r.title]
        dialog = JumpDialog([*chats, *pages], self)
        dialog.chosen.connect(self._jump_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _jump_to(self, key: str) -> None:
        kind, _, name = key.partition(":")
        if kind == "page":
            self.go(name)
            return
        self.go("chat")
        self.chat.open_conversation(name)

    # -- failures and looks -----------------------------------------------------------------------

    def _show_load_failure(self) -> None:
        failed = self._state.load_failure
        if failed is not None and failed is not self._shown_failure:
            self.error.show_failure(failed)
        self._shown_failure = failed

    def render_anew(self) -> None:
        """Takes new colours and text size."""
        self.chat.render_anew()


def _maker(name: str) -> Callable[[EngineClient], QWidget]:
    """The class of page `name`; imported only now, so that the window opens fast."""
    if name == "learning":
        from ui.learning.view import LearningPage

        return LearningPage
    if name == "memory":
        from ui.memory.view import MemoryPage

        return MemoryPage
    if name == "skills":
        from ui.skills.view import SkillsPage

        return SkillsPage
    if name == "models":
        from ui.models.view import ModelsPage

        return ModelsPage
    if name == "privacy":
        from ui.privacy.view import PrivacyPage

        return PrivacyPage
    from ui.settings.view import SettingsPage

    return SettingsPage
