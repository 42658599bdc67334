"""The settings page: generated from the declarations, a page at a time."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from storage.settings import SETTINGS, Level, Page
from ui.engine_client import EngineClient
from ui.forms.pills import Pills
from ui.forms.setting_form import SettingForm
from ui.settings.presenter import MANAGED, SettingsPresenter
from ui.widgets import Card, Switch, Text
from ui.widgets import Page as PageFrame

__all__ = ["SettingsPage"]


class SettingsPage(PageFrame):
    """Every setting with its help, its bounds and the way back to its default."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Settings"),
            self.tr("Every change is kept at once."),
            parent,
            name="settingsPage",
        )
        self.presenter = SettingsPresenter(client, self)
        row = QHBoxLayout()
        names = {
            Page.GENERAL: self.tr("General"),
            Page.CHAT: self.tr("Chat"),
            Page.LEARNING: self.tr("Learning"),
            Page.PRIVACY: self.tr("Privacy"),
            Page.ENGINE: self.tr("Engine"),
        }
        self.pages = Pills("settings.page", [(page.value, text) for page, text in names.items()])
        self.pages.chosen.connect(lambda value: self.presenter.show_page(Page(value)))
        row.addWidget(self.pages, 1)
        self.advanced = Switch(self.tr("Advanced"), "settings.advanced")
        self.advanced.clicked.connect(self.presenter.show_advanced)
        words = Text(self.tr("Advanced"), wrap=False)
        words.setBuddy(self.advanced)
        row.addWidget(words)
        row.addWidget(self.advanced)
        self.add(row)
        self._card = Card()
        self.forms: dict[Page, SettingForm] = {}
        self._hidden = Text("", "help")
        self._hidden.setObjectName("settings.hidden")
        self._card.body.addWidget(self._hidden)
        self.add(self._card)
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads all values anew when the page is shown."""
        self.presenter.refresh()

    def _form(self, page: Page) -> SettingForm:
        """The form of a page, made when it is first shown: all of them at once take too long."""
        if page not in self.forms:
            keys = [
                setting.key
                for setting in SETTINGS.values()
                if setting.page is page and setting.key not in MANAGED
            ]
            self.forms[page] = SettingForm(keys, self.presenter.values)
            self._card.body.insertWidget(self._card.body.count() - 1, self.forms[page])
        return self.forms[page]

    def _redraw(self) -> None:
        presenter = self.presenter
        self.pages.choose(presenter.page.value)
        self.advanced.setChecked(presenter.advanced)
        shown = self._form(presenter.page)
        for form in self.forms.values():
            form.setVisible(form is shown)
        for field in shown.fields.values():
            field.setVisible(field.setting.level is Level.SIMPLE or presenter.advanced)
        hidden = 0 if presenter.advanced else presenter.hidden_count()
        text = (
            self.tr("1 more behind Advanced.")
            if hidden == 1
            else self.tr("{count} more behind Advanced.").format(count=hidden)
        )
        self._hidden.setText(text)
        self._hidden.setVisible(hidden > 0)
