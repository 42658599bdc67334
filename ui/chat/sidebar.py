"""The left part of the chat page: new chat, search, and the list of conversations."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from ui.chat.conversation_delegate import ConversationDelegate
from ui.chat.conversation_model import ROW, ConversationModel, Row, RowKind
from ui.chat.conversations_presenter import ConversationsPresenter
from ui.chat.dialogs import confirm_erase
from ui.chat.keep_menu import KeepMenu
from ui.theme.icons import icon
from ui.theme.palette import colours
from ui.widgets.buttons import IconButton, push_button
from ui.widgets.labels import Text
from ui.widgets.undo_bar import UndoBar

__all__ = ["Sidebar"]


class Sidebar(QFrame):
    """Conversations.

    Signals:
        new_asked: (temporary) a new chat is wanted.
        open_asked: (conversation id, message id or empty).
    """

    new_asked = Signal(bool)
    open_asked = Signal(str, str)

    def __init__(self, presenter: ConversationsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sidebar")
        self._presenter = presenter
        self._shown = ""
        self.model = ConversationModel(self)
        self.model.renamed.connect(presenter.rename)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 14, 12, 10)
        box.setSpacing(8)
        box.addLayout(self._head())
        box.addWidget(self._search_field())
        self._empty = Text("", "muted")
        self._empty.setContentsMargins(4, 4, 4, 0)
        self._empty.hide()
        box.addWidget(self._empty)
        box.addWidget(self._list(), 1)
        self.undo = UndoBar()
        box.addWidget(self.undo)
        presenter.rows_changed.connect(self._show_rows)
        presenter.deleted.connect(self._offer_undo)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        new = push_button(self.tr("New chat"), "newChatButton", "plain", "plus")
        new.setToolTip(self.tr("New chat (Ctrl+N)"))
        new.clicked.connect(lambda: self.new_asked.emit(False))
        row.addWidget(new, 1)
        words = self.tr("Temporary chat: not stored, never learned from")
        temporary = IconButton("temporary", words, "temporaryChatButton", size=20)
        temporary.clicked.connect(lambda: self.new_asked.emit(True))
        row.addWidget(temporary)
        return row

    def _search_field(self) -> QLineEdit:
        self.search = QLineEdit()
        self.search.setObjectName("searchField")
        self.search.setAccessibleName(self.tr("Search all chats"))
        self.search.setPlaceholderText(self.tr("Search all chats"))
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(
            icon("search", colours().muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self._clear = self.search.findChild(QAction, "_q_qlineeditclearaction")
        self.render_anew()
        self.search.textChanged.connect(self._presenter.search)
        return self.search

    def _list(self) -> QListView:
        self.view = QListView()
        self.view.setObjectName("conversationList")
        self.view.setAccessibleName(self.tr("Conversations"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(ConversationDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.clicked.connect(self._open)
        self.view.activated.connect(self._open)
        self.view.verticalScrollBar().valueChanged.connect(self._near_end)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._delete(self.view.currentIndex()))
        return self.view

    # -- showing ----------------------------------------------------------------------------------

    def mark(self, conversation_id: str) -> None:
        """Marks the conversation that is shown."""
        self._shown = conversation_id
        index = self.model.find(conversation_id)
        if index.isValid():
            self.view.setCurrentIndex(index)
        else:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())

    def render_anew(self) -> None:
        """Takes the present colours."""
        self._glass.setIcon(icon("search", colours().muted))
        if self._clear is not None:
            self._clear.setIcon(icon("close", colours().muted))

    def _show_rows(self, rows: list[Row]) -> None:
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self.model.show_rows(rows)
        self.mark(self._shown)
        bar.setValue(place)
        if rows:
            self._empty.hide()
            return
        found, none = self.tr("Nothing found."), self.tr("Your chats will be listed here.")
        self._empty.setText(found if self._presenter.query else none)
        self._empty.show()

    def _near_end(self, value: int) -> None:
        if value >= self.view.verticalScrollBar().maximum() - 200:
            self._presenter.more()

    # -- acting -----------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ROW)
        if row is not None and row.id:
            self.open_asked.emit(row.id, row.message_id)

    def _menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        row: Row | None = index.data(ROW)
        if row is None or row.kind is RowKind.HEADING:
            return
        menu = QMenu(self)
        if row.kind is RowKind.CHAT:
            menu.addAction(self.tr("Rename"), lambda: self.view.edit(index))
            pin = self.tr("Unpin") if row.pinned else self.tr("Pin")
            menu.addAction(pin, lambda: self._presenter.pin(row.id, not row.pinned))
            menu.addMenu(self._keep_menu(row.id, menu))
        menu.addAction(self.tr("Export as Markdown…"), lambda: self._export(row.id))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self._presenter.delete(row.id))
        menu.addAction(self.tr("Erase for good…"), lambda: self._erase(row))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _keep_menu(self, conversation_id: str, parent: QMenu) -> KeepMenu:
        kept = (r.retention_days for r in self._presenter.records if r.id == conversation_id)
        menu = KeepMenu(next(kept, None), parent)
        menu.chosen.connect(lambda days: self._presenter.keep_for(conversation_id, days))
        return menu

    def _delete(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ROW)
        if row is not None and row.kind is RowKind.CHAT:
            self._presenter.delete(row.id)

    def _erase(self, row: Row) -> None:
        if confirm_erase(self):
            self._presenter.delete(row.id, forever=True)

    def _export(self, conversation_id: str) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export this chat in plain text"), "chat.md", "Markdown (*.md)"
        )
        if path:
            self._presenter.export(conversation_id, path)

    def _offer_undo(self, conversation_id: str, title: str) -> None:
        text = self.tr("Deleted: {title}").format(title=title[:40])
        self.undo.offer(text, lambda: self._presenter.restore(conversation_id))
