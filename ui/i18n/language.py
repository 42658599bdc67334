"""Loads the translations of the window and of Qt's own dialogs."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

__all__ = ["Language"]

_FOLDER = Path(__file__).parent


class Language:
    """Keeps the translators that are installed. Widgets made afterwards speak the language."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._system = QLocale.system()
        self._installed: list[QTranslator] = []
        self.shown = ""

    def show(self, choice: str) -> bool:
        """Takes `choice` (system, en, zh_CN); True when the language became another one."""
        locale = self._system if choice == "system" else QLocale(choice)
        name = "zh_CN" if locale.language() == QLocale.Language.Chinese else "en"
        if name == self.shown:
            return False
        self.shown = name
        QLocale.setDefault(locale)
        for old in self._installed:
            self._application.removeTranslator(old)
        self._installed.clear()
        if name != "en":
            qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._install(qt / f"qtbase_{name}.qm")
            self._install(_FOLDER / f"confidant_{name}.qm")
        return True

    def _install(self, path: Path) -> None:
        translator = QTranslator(self._application)
        if translator.load(str(path)):
            self._application.installTranslator(translator)
            self._installed.append(translator)
