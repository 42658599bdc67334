"""Starting a run: three presets, the settings for those who know, and one button."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from storage.records import ExampleStatus
from storage.settings import SETTINGS, Level, Page
from ui.forms.pills import Pills
from ui.forms.setting_form import SettingForm
from ui.forms.setting_words import choice_text
from ui.learning.presenter import Block, LearningPresenter
from ui.learning.words import block_text, examples_text, preset_text
from ui.widgets import Card, Switch, Text, allow, forbid, push_button

__all__ = ["StartCard"]


class StartCard(Card):
    """Shows what would be learned and how; a button that is off says why."""

    def __init__(self, presenter: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._presenter = presenter
        self.setAccessibleName(self.tr("Learn now"))
        self._what = Text("", "heading")
        self.body.addWidget(self._what)
        choices = [(name, choice_text("preset", name)) for name in SETTINGS["preset"].choices]
        self._presets = Pills("preset", choices)
        self._presets.chosen.connect(lambda name: presenter.settings.change("preset", name))
        self.body.addWidget(self._presets)
        self._preset_help = Text("", "help")
        self.body.addWidget(self._preset_help)
        self._build_advanced()
        row = QHBoxLayout()
        self._why = Text("", "help")
        self._why.setObjectName("learnButton.reason")
        row.addWidget(self._why, 1)
        self.learn = push_button(self.tr("Learn now"), "learnButton", "primary", "play")
        self.learn.clicked.connect(presenter.learn)
        row.addWidget(self.learn)
        self.body.addLayout(row)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def _build_advanced(self) -> None:
        row = QHBoxLayout()
        self.advanced = Switch(self.tr("Advanced"), "learning.advanced")
        words = Text(self.tr("Advanced"), wrap=False)
        words.setBuddy(self.advanced)
        row.addWidget(self.advanced)
        row.addWidget(words)
        row.addStretch(1)
        self.body.addLayout(row)
        self.form: SettingForm | None = None
        self.advanced.toggled.connect(self._show_advanced)
        self._form_place = self.body.count()

    def _show_advanced(self, on: bool) -> None:
        """Shows the form, which is made when it is first asked for."""
        if self.form is None:
            keys = ["max_minutes"] + [
                setting.key
                for setting in SETTINGS.values()
                if setting.page is Page.LEARNING and setting.level is Level.ADVANCED
            ]
            self.form = SettingForm(keys, self._presenter.settings)
            self.body.insertWidget(self._form_place, self.form)
        self.form.setVisible(on)

    def redraw(self) -> None:
        """Shows preset, count and what stands in the way."""
        presenter = self._presenter
        preset = str(presenter.settings["preset"])
        self._presets.choose(preset)
        self._preset_help.setText(preset_text(preset))
        count = len(presenter.with_status(ExampleStatus.APPROVED))
        self._what.setText(
            self.tr("Learn from {examples}").format(examples=examples_text(count))
            if count
            else self.tr("Learn now")
        )
        block = presenter.block
        if block is None:
            allow(self.learn)
            self._why.setText(
                self.tr("The result is switched on only if it passes its exam.")
            )
        else:
            reading = block is Block.NOTHING_FOUND and not presenter.examples_known
            words = self.tr("Looking through your chats…") if reading else block_text(block)
            forbid(self.learn, words)
            self._why.setText(words)
