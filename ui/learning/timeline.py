"""The adapters in the order they were made, with undo, and how strongly they act."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from storage.records import AdapterRecord, AdapterState
from ui.forms.confirm import Confirm
from ui.forms.units import moment_text, rate_text
from ui.learning.presenter import LearningPresenter
from ui.learning.report_view import ReportView
from ui.learning.words import adapter_state_text, examples_text
from ui.widgets import (
    Card,
    IconButton,
    SettingRow,
    Text,
    bytes_text,
    line,
    percent_text,
    push_button,
)

__all__ = ["TimelineCard"]

_STRENGTH_PAUSE_MS = 120
_FIRST_ROWS = 12


class _StrengthSlider(QSlider):
    """0 to 150 per cent in steps of 5; the wheel scrolls the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("strengthSlider")
        self.setRange(0, 30)
        self.setPageStep(2)
        self.setMinimumHeight(24)

    def sizeHint(self) -> QSize:
        """Wide enough to aim at one step."""
        return QSize(240, 24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Lets the page scroll."""
        event.ignore()


class _AdapterRow(QWidget):
    """One adapter: version, when, what it learned; switch, report, delete."""

    def __init__(
        self, adapter: AdapterRecord, timeline: "TimelineCard", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(1)
        title = self.tr("Version {number}").format(number=adapter.version)
        self.setAccessibleName(f"{title}, {adapter_state_text(adapter)}")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Text(title, "strong", wrap=False))
        kind = "good" if adapter.active else "help"
        head.addWidget(Text(adapter_state_text(adapter), kind, wrap=False))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(Text(self._about(adapter), "help"))
        row.addLayout(words, 1)
        self._add_buttons(row, adapter, timeline, title)
        box.addLayout(row)
        self._report = ReportView()
        self._report.hide()
        box.addWidget(self._report)

    def _about(self, adapter: AdapterRecord) -> str:
        parts = [moment_text(adapter.created_at), examples_text(len(adapter.example_ids))]
        report = adapter.report
        if report is not None and report.tuned.personal_recall is not None:
            right = self.tr("your facts right {rate}")
            parts.append(right.format(rate=rate_text(report.tuned.personal_recall)))
        parts.append(bytes_text(adapter.size_bytes))
        return " · ".join(parts)

    def _add_buttons(
        self, row: QHBoxLayout, adapter: AdapterRecord, timeline: "TimelineCard", title: str
    ) -> None:
        name = f"adapter.{adapter.version}"
        if adapter.report is not None:
            report = IconButton("info", self.tr("Report of {name}").format(name=title),
                                f"{name}.report")  # fmt: skip
            report.clicked.connect(lambda: self._turn_report(adapter))
            row.addWidget(report)
        delete = IconButton("trash", self.tr("Delete {name}").format(name=title), f"{name}.delete")
        delete.clicked.connect(lambda: timeline.ask_delete(adapter))
        row.addWidget(delete)
        if adapter.state is not AdapterState.READY:
            return
        text = self.tr("Switch off") if adapter.active else self.tr("Switch on")
        switch = push_button(text, f"{name}.switch")
        switch.setAccessibleName(f"{text}: {title}")
        wanted = None if adapter.active else adapter.id
        switch.clicked.connect(lambda: timeline.presenter.activate(wanted))
        row.addWidget(switch)

    def _turn_report(self, adapter: AdapterRecord) -> None:
        if adapter.report is not None:
            self._report.show_report(adapter.report)
            self._report.setVisible(self._report.isHidden())


class TimelineCard(Card):
    """All adapters, newest first, and the strength of the one that is on."""

    def __init__(self, presenter: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.presenter = presenter
        self.setObjectName("timeline")
        self._shown: tuple[AdapterRecord, ...] | None = None
        self._all = False
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("What it has learned"), "heading"), 1)
        self.roll_back = push_button(self.tr("Go back one"), "rollBackButton", "plain", "undo")
        self.roll_back.setToolTip(self.tr("Switches back to what was on before the last change"))
        self.roll_back.clicked.connect(presenter.roll_back)
        head.addWidget(self.roll_back)
        self.body.addLayout(head)
        self._build_strength()
        self.confirm = Confirm("confirmDeleteAdapter")
        self.body.addWidget(self.confirm)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self._more = push_button(self.tr("Show older ones"), "timeline.more", "link")
        self._more.clicked.connect(self._show_all)
        self.body.addWidget(self._more)
        presenter.changed.connect(self.redraw)
        presenter.settings.changed.connect(lambda _key: self._show_strength())
        self.redraw()

    def _build_strength(self) -> None:
        self.slider = _StrengthSlider()
        self._strength = Text("", "strong", wrap=False)
        self._strength.setObjectName("strengthValue")
        self._strength.setMinimumWidth(self.fontMetrics().horizontalAdvance("150 %") + 14)
        control = QWidget()
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider)
        row.addWidget(self._strength)
        self._strength_row = SettingRow(
            self.tr("Strength"),
            self.tr("How much of it reaches the answers. 0 is untuned, 100 is as examined."),
            control,
        )
        self.slider.setAccessibleName(self.tr("Strength"))
        self.body.addWidget(self._strength_row)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_STRENGTH_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.presenter.set_strength(self._wanted()))
        self.slider.valueChanged.connect(self._slide)

    def _wanted(self) -> float:
        return round(self.slider.value() * 0.05, 2)

    def _slide(self) -> None:
        self._strength.setText(percent_text(self._wanted()))
        self._pause.start()

    def _show_strength(self) -> None:
        if self._pause.isActive() or self.slider.isSliderDown():
            return
        strength = float(self.presenter.settings["adapter_strength"])
        self.slider.blockSignals(True)
        self.slider.setValue(round(strength / 0.05))
        self.slider.blockSignals(False)
        self._strength.setText(percent_text(strength))

    def redraw(self) -> None:
        """Rebuilds the rows when the adapters changed."""
        self._show_strength()
        adapters = self.presenter.adapters
        self.setVisible(bool(adapters))
        self._strength_row.setEnabled(self.presenter.active is not None)
        if adapters == self._shown:
            return
        self._shown = adapters
        self._rebuild()

    def _rebuild(self) -> None:
        adapters = self._shown or ()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = adapters if self._all else adapters[:_FIRST_ROWS]
        for at, adapter in enumerate(shown):
            if at:
                self._rows.addWidget(line())
            self._rows.addWidget(_AdapterRow(adapter, self))
        hidden = len(adapters) - len(shown)
        self._more.setText(self.tr("Show {count} older ones").format(count=hidden))
        self._more.setVisible(hidden > 0)

    def _show_all(self) -> None:
        self._all = True
        self._rebuild()

    def ask_delete(self, adapter: AdapterRecord) -> None:
        """Says what is lost with an adapter before it is destroyed."""
        words = self.tr(
            "Version {number} and what it learned from {examples} are destroyed; this cannot be "
            "undone. The examples themselves stay."
        )
        if adapter.active:
            words += " " + self.tr("It is on now; answers will be untuned.")
        self.confirm.ask(
            words.format(number=adapter.version, examples=examples_text(len(adapter.example_ids))),
            self.tr("Delete version {number}").format(number=adapter.version),
            lambda: self.presenter.delete(adapter.id),
        )
