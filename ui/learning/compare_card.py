"""The card of blind comparison: choose two versions, say which answers are better, see whose."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storage.records import AdapterRecord, AdapterState, ComparisonRecord
from ui.forms.fields import ChoiceField
from ui.forms.units import moment_text
from ui.learning.compare_pair import PairView
from ui.learning.compare_presenter import ComparePresenter, Side, Tally
from ui.learning.presenter import LearningPresenter
from ui.widgets import Card, InlineError, Text, allow, forbid, push_button

__all__ = ["CompareCard"]

_EARLIER = 3
_UNTUNED = ""


class CompareCard(Card):
    """Hidden until there is a version to compare."""

    def __init__(self, learning: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("compare")
        self._learning = learning
        self.presenter = ComparePresenter(learning.client, self)
        self._listed: tuple[tuple[str, int], ...] = ()
        self.setAccessibleName(self.tr("Compare blind"))
        self.body.addWidget(Text(self.tr("Compare blind"), "heading"))
        self._help = Text(
            self.tr("Two versions answer the same questions. You say which answer is better, and "
                    "only then see whose it was."), "help",
        )  # fmt: skip
        self.body.addWidget(self._help)
        self._build_start()
        self._pair = PairView()
        self._pair.chosen.connect(self.presenter.choose)
        self._pair.stopped.connect(self.presenter.stop)
        self.body.addWidget(self._pair)
        self._build_result()
        self.error = InlineError("compare.error")
        self.body.addWidget(self.error)
        self._earlier = Text("", "help")
        self._earlier.setObjectName("compare.earlier")
        self.body.addWidget(self._earlier)
        self.presenter.changed.connect(self.redraw)
        learning.changed.connect(self.redraw)
        self.redraw()

    def _build_start(self) -> None:
        self._start = QWidget()
        box = QVBoxLayout(self._start)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        row = QHBoxLayout()
        self._first, self._second = ChoiceField(), ChoiceField()
        for field, name, label in (
            (self._first, "compare.first", self.tr("One version")),
            (self._second, "compare.second", self.tr("The other version")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(label)
            field.currentIndexChanged.connect(lambda _at: self._show_start())
        row.addWidget(self._first)
        row.addWidget(Text(self.tr("and"), wrap=False))
        row.addWidget(self._second)
        row.addStretch(1)
        box.addLayout(row)
        self._own = QLineEdit()
        self._own.setObjectName("compare.own")
        self._own.setAccessibleName(self.tr("A question of your own"))
        self._own.setPlaceholderText(
            self.tr("A question of your own, or leave it empty for five that are drawn")
        )
        self._own.returnPressed.connect(self._begin)
        box.addWidget(self._own)
        line = QHBoxLayout()
        self._why = Text("", "help")
        line.addWidget(self._why, 1)
        self._go = push_button(self.tr("Compare"), "compare.start")
        self._go.clicked.connect(self._begin)
        line.addWidget(self._go)
        box.addLayout(line)
        self.body.addWidget(self._start)

    def _build_result(self) -> None:
        self._result = QWidget()
        box = QVBoxLayout(self._result)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(8)
        self._verdict = Text("", "heading")
        self._verdict.setObjectName("compare.verdict")
        self._counts = Text("")
        self._counts.setObjectName("compare.counts")
        self._list = Text("", "help", selectable=True)
        self._list.setObjectName("compare.list")
        for part in (self._verdict, self._counts, self._list):
            box.addWidget(part)
        row = QHBoxLayout()
        self._switch = push_button(self.tr("Switch"), "compare.switch", "primary")
        self._switch.clicked.connect(self.presenter.switch)
        row.addWidget(self._switch)
        close = push_button(self.tr("Close"), "compare.close", "quiet")
        close.clicked.connect(self.presenter.close)
        row.addWidget(close)
        row.addStretch(1)
        box.addLayout(row)
        self.body.addWidget(self._result)

    # -- showing ----------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Takes the newest state."""
        presenter = self.presenter
        usable = self._usable()
        self.setVisible(bool(usable) or presenter.running or presenter.tally is not None)
        self._fill_choices(usable)
        idle = not presenter.running and presenter.tally is None
        self._start.setVisible(idle)
        self._help.setVisible(idle)
        self._show_start()
        self._pair.setVisible(presenter.running)
        if presenter.running:
            self._pair.show_pair(presenter.current, presenter.number, presenter.count)
        self._result.setVisible(presenter.tally is not None)
        if presenter.tally is not None:
            self._show_result(presenter.tally)
        self._show_earlier(presenter.kept if idle else ())
        if presenter.failure is not None:
            self.error.show_failure(presenter.failure)
        else:
            self.error.clear()

    def _usable(self) -> list[AdapterRecord]:
        return [a for a in self._learning.adapters if a.state is AdapterState.READY]

    def _fill_choices(self, usable: list[AdapterRecord]) -> None:
        """Untuned and the version that is on, unless the user chose others."""
        listed = tuple((adapter.id, adapter.version) for adapter in usable)
        if listed == self._listed:
            return
        self._listed = listed
        active = self._learning.active
        newest = (active or usable[0]).id if usable else _UNTUNED
        for field, wanted in ((self._first, _UNTUNED), (self._second, newest)):
            field.blockSignals(True)
            field.clear()
            for version in (_UNTUNED, *(adapter.id for adapter in usable)):
                field.addItem(self._name(version or None), version)
            field.setCurrentIndex(max(0, field.findData(wanted)))
            field.blockSignals(False)

    def _show_start(self) -> None:
        why = ""
        if self._learning.run is not None:
            why = self.tr("A run is under way; compare when it has ended.")
        elif self._first.currentData() == self._second.currentData():
            why = self.tr("Choose two versions that differ.")
        self._why.setText(why)
        if why:
            forbid(self._go, why)
        else:
            allow(self._go)

    def _begin(self) -> None:
        if self._go.isEnabled():
            first, second = self._first.currentData(), self._second.currentData()
            self.presenter.start(first or None, second or None, self._own.text())
            self._own.clear()

    def _name(self, version: str | None) -> str:
        if version is None:
            return self.tr("Untuned")
        found = (a.version for a in self._learning.adapters if a.id == version)
        number = next(found, None)
        return self.tr("a deleted version") if number is None else self.tr(
            "Version {number}"
        ).format(number=number)

    def _names(self) -> dict[Side, str]:
        first, second = self.presenter.versions
        same = self.tr("about the same")
        return {Side.FIRST: self._name(first), Side.SECOND: self._name(second), Side.SAME: same}

    def _show_result(self, tally: Tally) -> None:
        names = self._names()
        if tally.preferred is Side.SAME:
            self._verdict.setText(self.tr("You preferred neither."))
        else:
            words = self.tr("You preferred: {version}")
            self._verdict.setText(words.format(version=names[tally.preferred]))
        counts = [f"{names[Side.FIRST]}: {tally.first}", f"{names[Side.SECOND]}: {tally.second}",
                  f"{names[Side.SAME]}: {tally.same}"]  # fmt: skip
        self._counts.setText(" · ".join(counts))
        lines = [f"{question} → {names[side]}" for question, side in tally.chosen]
        if tally.alike:
            words = self.tr("Not shown, because both answered in the same words: {count}")
            lines.append(words.format(count=tally.alike))
        self._list.setText("\n".join(lines))
        self._show_switch(tally, names)

    def _show_switch(self, tally: Tally, names: dict[Side, str]) -> None:
        active = self._learning.active
        wanted = self.presenter.preferred_version()
        self._switch.setVisible(
            tally.preferred is not Side.SAME and wanted != (active.id if active else None)
        )
        if wanted is None:
            self._switch.setText(self.tr("Switch to untuned answers"))
        else:
            words = self.tr("Switch to {version}")
            self._switch.setText(words.format(version=names[tally.preferred]))
        self._switch.setAccessibleName(self._switch.text())

    def _show_earlier(self, kept: tuple[ComparisonRecord, ...]) -> None:
        lines = [self._told(one) for one in kept[:_EARLIER]]
        self._earlier.setText("\n".join([self.tr("Earlier comparisons"), *lines]))
        self._earlier.setVisible(bool(lines))

    def _told(self, one: ComparisonRecord) -> str:
        return self.tr("{when}: {first} {left}, {second} {right}, about the same {same}").format(
            when=moment_text(one.created_at), first=self._name(one.first_id),
            left=one.first_better, second=self._name(one.second_id), right=one.second_better,
            same=one.same,
        )  # fmt: skip
