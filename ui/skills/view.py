"""The skills page: what is being taught, what was taught, and teaching more."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.engine_client import EngineClient
from ui.forms.record_list import RecordList
from ui.skills.detail_card import DetailCard
from ui.skills.item_model import SkillModel
from ui.skills.presenter import SkillsPresenter
from ui.skills.report_view import SkillReportView
from ui.skills.run_card import TeachingCard
from ui.skills.teach_card import TeachCard
from ui.widgets import Card, EmptyState, IconButton, Notice, Page

__all__ = ["SkillsPage"]


class SkillsPage(Page):
    """Tasks taught from labelled rows."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Skills"),
            self.tr("Teach a task from a table: sorting mail, judging reviews, answering in your "
                    "words. All of it happens on this computer."),
            parent,
            name="skillsPage",
        )  # fmt: skip
        self.presenter = SkillsPresenter(client, self)
        self._notice = Notice()
        self._notice.setObjectName("skills.notice")
        self.add(self._notice)
        self._teaching = TeachingCard(self.presenter)
        self._running = False
        self.add(self._teaching)
        self._build_unkept()
        self._build_list()
        self.detail = DetailCard(self.presenter)
        self.add(self.detail)
        self.teach = TeachCard(self.presenter)
        self.add(self.teach)
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads everything anew when the page is shown."""
        self.presenter.refresh()

    def _build_unkept(self) -> None:
        """The report of a teaching that kept nothing, until it is closed."""
        self._unkept = Card()
        self._unkept.setObjectName("skills.unkept")
        row = QHBoxLayout()
        self._unkept_report = SkillReportView()
        row.addWidget(self._unkept_report, 1)
        close = IconButton("close", self.tr("Close the report"), "skills.unkept.close")
        close.clicked.connect(self.presenter.close_notice)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._unkept.body.addLayout(row)
        self.add(self._unkept)

    def _build_list(self) -> None:
        card = Card()
        self._model = SkillModel(self)
        self.list = RecordList("skillList", self.tr("Skills"), self._model, rows=6)
        self.list.picked.connect(self.presenter.select)
        card.body.addWidget(self.list)
        self._empty = EmptyState("skills", "", "")
        card.body.addWidget(self._empty)
        self.add(card)

    def _show_run(self) -> None:
        """A teaching that was just started takes keyboard and view: its button is off now."""
        running = self.presenter.run is not None
        if running and not self._running and self.isVisible():
            self._teaching.keep.setFocus()
            self.bring_into_view(self._teaching)
        self._running = running

    def _redraw(self) -> None:
        self._show_run()
        presenter = self.presenter
        selected = presenter.selected
        if self._model.show(presenter.skills) or self.list.current_id() != selected:
            self.list.pick(selected)
        empty = self._model.rowCount() == 0
        self.list.setVisible(not empty)
        self._empty.setVisible(empty)
        if presenter.known:
            self._empty.say(
                self.tr("No skills yet"),
                self.tr("Teach one below: it needs a file to learn from and a file to test with."),
            )
        else:
            self._empty.say(self.tr("Reading the skills…"))
        self._unkept.setVisible(presenter.unkept is not None)
        self._unkept_report.show_report(presenter.unkept)
        self._notice.say(
            self.tr("Stopped. What was taught so far was discarded; nothing else changed.")
            if presenter.discarded and presenter.run is None
            else ""
        )
        if presenter.failure is not None:
            self.error.show_failure(presenter.failure)
        else:
            self.error.clear()
