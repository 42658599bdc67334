"""Teaching a skill: a name, two files, a target, a time limit, and one button."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from ui.forms.fields import NumberField
from ui.skills.presenter import SkillsPresenter
from ui.skills.words import missing_text
from ui.widgets import Card, SettingRow, Text, allow, forbid, push_button

__all__ = ["TeachCard"]

_MOST_MINUTES = 1440


class TeachCard(Card):
    """A button that is off says why."""

    def __init__(self, presenter: SkillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._presenter = presenter
        self.setObjectName("teachCard")
        self.setAccessibleName(self.tr("Teach a skill"))
        self.body.addWidget(Text(self.tr("Teach a skill"), "heading"))
        self.body.addWidget(
            Text(
                self.tr(
                    "From a table of rows, each with a text and its label, or a question and its "
                    "answer: JSONL, CSV or TSV. The rows are read once and not kept."
                ),
                "help",
            )
        )
        self._build_name()
        self._train = self._file_row(
            "skills.train", self.tr("Learn from"), self.tr("Rows that it is taught."),
            self._choose_train,
        )  # fmt: skip
        self._test = self._file_row(
            "skills.test", self.tr("Test with"),
            self.tr("Other rows, never taught; its figures come from them alone."),
            self._choose_test,
        )  # fmt: skip
        self._build_numbers()
        self._build_button()
        presenter.changed.connect(self.redraw)
        self.redraw()

    def _build_name(self) -> None:
        self.name = QLineEdit()
        self.name.setObjectName("skills.name")
        self.name.setMaxLength(80)
        self.name.setPlaceholderText(self.tr("For example: praise or complaint"))
        self.name.textEdited.connect(self._named)
        self.body.addWidget(SettingRow(self.tr("Name"), "", self.name, below=True))

    def _file_row(self, name: str, label: str, help_text: str, choose: Callable[[], None]) -> Text:
        """A row with a button; the label that it returns shows the chosen file."""
        button = push_button(self.tr("Choose a file…"), name, "plain", "folder")
        button.clicked.connect(choose)
        row = SettingRow(label, help_text, button)
        self.body.addWidget(row)
        return row.help

    def _build_numbers(self) -> None:
        self.target = NumberField("skills.target", self.tr("Target, per cent right"))
        self.target.set_bounds(1, 100, 1)
        self.target.spin.setSuffix(" %")
        self.target.spin.valueChanged.connect(self._aimed)
        self.body.addWidget(
            SettingRow(
                self.tr("Target"),
                self.tr("It goes on until so many answers are right, or the time is up."),
                self.target,
            )
        )
        self.minutes = NumberField("skills.minutes", self.tr("Most minutes"))
        self.minutes.set_bounds(1, _MOST_MINUTES, 1)
        self.minutes.spin.valueChanged.connect(self._timed)
        self.body.addWidget(
            SettingRow(
                self.tr("Most minutes"), self.tr("The best that was found is kept."), self.minutes
            )
        )

    def _build_button(self) -> None:
        row = QHBoxLayout()
        self._why = Text("", "help")
        self._why.setObjectName("teachButton.reason")
        row.addWidget(self._why, 1)
        self.teach = push_button(self.tr("Teach"), "teachButton", "primary", "play")
        self.teach.clicked.connect(self._presenter.teach)
        row.addWidget(self.teach)
        self.body.addLayout(row)

    # -- showing ----------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Shows what was filled in and what is missing."""
        wish = self._presenter.wish
        if self.name.text() != wish.name:
            self.name.setText(wish.name)
        for field, value in ((self.target, 100 * wish.target), (self.minutes, wish.minutes)):
            field.spin.blockSignals(True)
            field.spin.setValue(value)
            field.spin.blockSignals(False)
        self._show_file(self._train, wish.train, self.tr("Rows that it is taught."))
        self._show_file(
            self._test, wish.test,
            self.tr("Other rows, never taught; its figures come from them alone."),
        )  # fmt: skip
        missing = self._presenter.missing()
        self._why.setText(missing_text(missing) if missing else "")
        if missing:
            forbid(self.teach, missing_text(missing))
        else:
            allow(self.teach)

    def _show_file(self, label: Text, path: Path | None, otherwise: str) -> None:
        label.setText(otherwise if path is None else path.name)
        label.set_kind("help" if path is None else "strong")

    # -- filling in -------------------------------------------------------------------------------

    def _named(self, text: str) -> None:
        self._presenter.wish.name = text
        self._presenter.changed.emit()

    def _aimed(self, value: float) -> None:
        self._presenter.wish.target = value / 100

    def _timed(self, value: float) -> None:
        self._presenter.wish.minutes = value

    def _choose_train(self) -> None:
        path = self._chosen(self.tr("Choose the rows to learn from"))
        if path is not None:
            self._presenter.wish.train = path
            self._presenter.changed.emit()

    def _choose_test(self) -> None:
        path = self._chosen(self.tr("Choose the rows to test with"))
        if path is not None:
            self._presenter.wish.test = path
            self._presenter.changed.emit()

    def _chosen(self, title: str) -> Path | None:
        kinds = self.tr("Tables of rows (*.jsonl *.json *.csv *.tsv)")
        path, _filter = QFileDialog.getOpenFileName(self, title, "", kinds)
        return Path(path) if path else None
