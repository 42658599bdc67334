"""The memory page: every fact, where it came from, and full control over it."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.engine_client import EngineClient
from ui.forms.record_list import RecordList
from ui.memory.detail_card import DetailCard
from ui.memory.forgotten_card import ForgottenCard
from ui.memory.item_model import MemoryModel
from ui.memory.presenter import MemoryPresenter
from ui.widgets import Card, EmptyState, Page, SettingRow, Switch, push_button

__all__ = ["MemoryPage"]

_FILTER_FROM = 8


class MemoryPage(Page):
    """Facts that may be put into a prompt when they fit the question."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Memory"),
            self.tr("Facts the assistant may look up. You can change or erase every one."),
            parent,
            name="memoryPage",
        )
        self.presenter = MemoryPresenter(client, self)
        self._build_switch()
        self.forgotten = ForgottenCard(self.presenter)
        self._forgetting = False
        self.add(self.forgotten)
        self._build_add()
        self._build_list()
        self.detail = DetailCard(self.presenter)
        self.add(self.detail)
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads everything anew when the page is shown."""
        self.presenter.refresh()

    # -- building ---------------------------------------------------------------------------------

    def _build_switch(self) -> None:
        card = Card()
        self.switch = Switch(self.tr("Use memory"), "memorySwitch")
        self.switch.clicked.connect(self.presenter.set_memory_on)
        words = self.tr("Adds facts that fit your question to what the model reads.")
        card.body.addWidget(SettingRow(self.tr("Use memory"), words, self.switch))
        self.past = Switch(self.tr("Look into earlier chats"), "pastChatsSwitch")
        self.past.clicked.connect(self.presenter.set_past_chats)
        words = self.tr("Adds fitting messages of your other chats as well, while memory is on.")
        card.body.addWidget(SettingRow(self.tr("Look into earlier chats"), words, self.past))
        self.add(card)

    def _build_add(self) -> None:
        row = QHBoxLayout()
        self.new = QLineEdit()
        self.new.setObjectName("memory.new")
        self.new.setAccessibleName(self.tr("New fact"))
        self.new.setPlaceholderText(self.tr("Add a fact, for example: I am allergic to nuts."))
        self.new.returnPressed.connect(self._add)
        self.add_button = push_button(self.tr("Add"), "memory.add", "plain", "plus")
        self.add_button.clicked.connect(self._add)
        row.addWidget(self.new, 1)
        row.addWidget(self.add_button)
        self.add(row)

    def _build_list(self) -> None:
        card = Card()
        self.filter = QLineEdit()
        self.filter.setObjectName("memory.filter")
        self.filter.setAccessibleName(self.tr("Search facts"))
        self.filter.setPlaceholderText(self.tr("Search facts"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.presenter.set_filter)
        card.body.addWidget(self.filter)
        self._model = MemoryModel(self.presenter.source, self)
        self.list = RecordList("memoryList", self.tr("Facts"), self._model, rows=8)
        self.list.picked.connect(lambda fact_id: self.detail.show_fact(self._model.fact(fact_id)))
        card.body.addWidget(self.list)
        self._empty = EmptyState("memory", "", "")
        card.body.addWidget(self._empty)
        self.add(card)

    # -- showing and acting -----------------------------------------------------------------------

    def _redraw(self) -> None:
        presenter = self.presenter
        self.switch.setChecked(presenter.memory_on)
        self.past.setChecked(presenter.past_chats)
        self.past.setEnabled(presenter.memory_on)
        self.filter.setVisible(len(presenter.memories) >= _FILTER_FROM or bool(self.filter.text()))
        kept, row = self.list.current_id(), max(self.list.currentIndex().row(), 0)
        if self._model.show(presenter.shown()):
            self.list.pick(kept, row)
        empty = self._model.rowCount() == 0
        self.list.setVisible(not empty)
        self._empty.setVisible(empty)
        self._redraw_empty()
        self._show_forgetting()
        if presenter.failure is not None:
            self.error.show_failure(presenter.failure)
        else:
            self.error.clear()

    def _show_forgetting(self) -> None:
        """A forgetting that was just asked for is told at the top: brings it into view."""
        forgetting = self.presenter.forgetting
        if forgetting and not self._forgetting and self.isVisible():
            self.bring_into_view(self.forgotten)
        self._forgetting = forgetting

    def _redraw_empty(self) -> None:
        if not self.presenter.known:
            self._empty.say(self.tr("Reading the memory…"))
        elif self.filter.text().strip():
            self._empty.say(self.tr("No fact holds these words"))
        else:
            self._empty.say(
                self.tr("No facts here"),
                self.tr("Add one above, or approve examples in the learning inbox."),
            )

    def _add(self) -> None:
        text = self.new.text().strip()
        if text:
            self.presenter.add(text)
            self.new.clear()
