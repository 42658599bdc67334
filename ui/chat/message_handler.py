"""What the buttons of a message do, and the figures beside them."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.contract import Explained, ReplyUsage
from ui.chat.dialogs import confirm_link
from ui.chat.message_view import MessageView
from ui.chat.presenter import ThreadPresenter
from ui.chat.thread_view import ThreadView
from ui.chat.usage_words import usage_words
from ui.status.state import AppState

__all__ = ["MessageHandler"]


class MessageHandler(QObject):
    """Connects each message widget that the thread builds with the presenter."""

    def __init__(
        self, presenter: ThreadPresenter, view: ThreadView, state: AppState, page: QWidget
    ) -> None:
        super().__init__(page)
        self._presenter, self._view, self._state = presenter, view, state
        self._page = page
        view.made.connect(self._adopt)
        view.filled.connect(self._show_usage)
        presenter.noted.connect(self._note)
        presenter.explained.connect(self._explained)
        state.setting_changed.connect(self._setting_changed)

    def _adopt(self, view: MessageView) -> None:
        view.asked.connect(self._act)
        view.version_asked.connect(self._presenter.select_version)
        view.edited.connect(self._presenter.edit)
        view.link_clicked.connect(self._open_link)
        view.conversation_asked.connect(self._presenter.open)

    def _show_usage(self, view: MessageView) -> None:
        usage = self._presenter.usage.get(view.record.id)
        if usage is not None:
            view.note(self._words(usage))

    def _act(self, what: str, message_id: str) -> None:
        match what:
            case "copy":
                view = self._view.view_of(message_id)
                if view is not None:
                    QGuiApplication.clipboard().setText(view.record.text)
            case "regenerate":
                self._presenter.regenerate(message_id)
            case "up" | "down":
                self._presenter.rate(message_id, 1 if what == "up" else -1)
            case "explain":
                self._explain(message_id)
            case "learn_never" | "learn_follow":
                allowed = False if what == "learn_never" else None
                self._presenter.allow_message(message_id, allowed)
            case _:
                pass

    def _explain(self, message_id: str) -> None:
        """Asks for the explanation of an answer, or takes the one that is shown away."""
        view = self._view.view_of(message_id)
        if view is None:
            return
        if view.is_explained:
            view.explain(None)
            return
        view.say(self.tr("Looking into it…"))
        self._presenter.explain(message_id)

    def _explained(self, message_id: str, told: Explained | None) -> None:
        view = self._view.view_of(message_id)
        if view is not None:
            view.explain(told)

    def _open_link(self, address: str) -> None:
        if confirm_link(self._page, address):
            QDesktopServices.openUrl(QUrl(address))

    def _words(self, usage: ReplyUsage) -> str:
        return usage_words(usage) if self._state.setting("show_speed") else ""

    def _note(self, message_id: str, usage: ReplyUsage) -> None:
        view = self._view.view_of(message_id)
        if view is not None:
            view.note(self._words(usage))

    def _setting_changed(self, key: str, _value: object) -> None:
        if key == "show_speed":
            for message_id, usage in self._presenter.usage.items():
                self._note(message_id, usage)
