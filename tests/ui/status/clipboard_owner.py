"""Copies and selects a word as the window does, with cleaning after the given seconds.

Prints "copied", then goes on until it is ended. Arguments: the word, the seconds.
"""

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from ui.status.idle import ClipboardCleaner

application = QGuiApplication(sys.argv[:1])
owner = QObject()
cleaner = ClipboardCleaner(owner)
cleaner.set_seconds(float(sys.argv[2]))
clipboard = QGuiApplication.clipboard()
clipboard.setText(sys.argv[1])
clipboard.setText(sys.argv[1], QClipboard.Mode.Selection)
sys.stdout.write("copied\n")
sys.stdout.flush()
application.exec()
