"""The learning page: consent, the run, its report, the inbox, starting, the timeline."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.engine_client import EngineClient
from ui.learning.compare_card import CompareCard
from ui.learning.inbox_card import InboxCard
from ui.learning.presenter import LearningPresenter
from ui.learning.reading_card import ReadingCard
from ui.learning.report_view import ReportView
from ui.learning.run_card import RunCard
from ui.learning.start_card import StartCard
from ui.learning.timeline import TimelineCard
from ui.widgets import Card, IconButton, Notice, Page, SettingRow, Switch

__all__ = ["LearningPage"]


class LearningPage(Page):
    """What the assistant may learn, what it learned, and how to take it back."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Learning"),
            self.tr("You decide what is learned. Nothing leaves this computer."),
            parent,
            name="learningPage",
        )
        self.presenter = LearningPresenter(client, self)
        self._build_consent()
        self._notice = Notice()
        self._notice.setObjectName("learning.notice")
        self.add(self._notice)
        self._run_card = RunCard(self.presenter)
        self._running = False
        self.add(self._run_card)
        self._build_report()
        self.reading = ReadingCard(self.presenter)
        self.add(self.reading)
        self.add(InboxCard(self.presenter))
        self.add(StartCard(self.presenter))
        self.add(TimelineCard(self.presenter))
        self.compare = CompareCard(self.presenter)
        self.add(self.compare)
        self.presenter.changed.connect(self._render)
        self._render()

    def activate(self) -> None:
        """Reads everything anew when the page is shown."""
        self.presenter.refresh()
        self.compare.presenter.refresh()
        self.reading.presenter.start()

    def _build_consent(self) -> None:
        card = Card()
        self.consent = Switch(self.tr("Learn from my chats"), "consentSwitch")
        self.consent.clicked.connect(self.presenter.set_consent)
        words = self.tr(
            "Off: nothing is ever collected. On: what you say in conversations that you allow "
            "comes to the inbox below, and only what you approve there is learned."
        )
        card.body.addWidget(SettingRow(self.tr("Learn from my chats"), words, self.consent))
        self.add(card)

    def _build_report(self) -> None:
        self._report_card = Card()
        self._report_card.setObjectName("lastReport")
        row = QHBoxLayout()
        self.report = ReportView()
        row.addWidget(self.report, 1)
        close = IconButton("close", self.tr("Close the report"), "lastReport.close")
        close.clicked.connect(self._close_report)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._report_card.body.addLayout(row)
        self.add(self._report_card)

    def _close_report(self) -> None:
        self.presenter.report = None
        self._render()

    def _show_run(self) -> None:
        """A run that was just started takes keyboard and view: its button is off from now on."""
        running = self.presenter.run is not None
        if running and not self._running and self.isVisible():
            self._run_card.pause.setFocus()
            self.bring_into_view(self._run_card)
        self._running = running

    def _render(self) -> None:
        self._show_run()
        self.consent.setChecked(self.presenter.consent)
        report = self.presenter.report
        self._report_card.setVisible(report is not None)
        if report is not None:
            self.report.show_report(report)
        discarded = self.presenter.discarded and self.presenter.run is None
        self._notice.say(
            self.tr("Stopped. What this run learned was discarded; nothing else changed.")
            if discarded
            else ""
        )
        if self.presenter.failure is not None:
            self.error.show_failure(self.presenter.failure)
        else:
            self.error.clear()
