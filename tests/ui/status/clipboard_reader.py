"""Prints what another program finds on the clipboard and in the selection, as JSON."""

import json
import sys

from PySide6.QtGui import QClipboard, QGuiApplication

application = QGuiApplication(sys.argv[:1])
clipboard = QGuiApplication.clipboard()
sys.stdout.write(json.dumps([clipboard.text(), clipboard.text(QClipboard.Mode.Selection)]))
