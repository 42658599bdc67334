"""The text of the style sheet. Widgets choose a look by the dynamic property ``kind``."""

__all__ = ["SHEET"]

SHEET = """
QWidget { color: $text; font-size: $size_text; }
QMainWindow, QDialog, QStackedWidget, #page { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
QLabel, QCheckBox, QRadioButton { background: transparent; }
QLabel[kind="greeting"] { font-size: $size_greeting; font-weight: 600; }
QLabel[kind="title"] { font-size: $size_title; font-weight: 600; }
QLabel[kind="heading"] { font-size: $size_large; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="help"] { color: $muted; font-size: $size_small; }
QLabel[kind="tiny"] { color: $muted; font-size: $size_tiny; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="good"] { color: $good; }
QLabel[kind="bad"] { color: $danger; }
QLabel[kind="number"] { font-size: 30pt; font-weight: 600; }
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[kind="line"] { background: $border; max-height: 1px; border: none; }
QFrame[kind="error"] { background: $danger_soft; border: 1px solid $danger; border-radius: 8px; }
QFrame[kind="notice"] { background: $accent_soft; border: none; border-radius: 8px; }
QFrame[kind="warning"] { background: $warning_soft; border: none; border-radius: 8px; }
QFrame[kind="bar"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[kind="composer"] { background: $surface; border: 1px solid $border; border-radius: 14px; }
QFrame[kind="composer"][focused="true"] { border: 1px solid $accent; }
QFrame[kind="code"] { background: $code; border: 1px solid $border; border-radius: 8px; }
QFrame[kind="rail"] { background: $rail; border: none; border-right: 1px solid $border; }
QFrame[kind="sidebar"] { background: $sidebar; border: none; }
QFrame[kind="status"] { background: $rail; border: none; border-top: 1px solid $border; }

QPushButton { background: $surface; border: 1px solid $border; border-radius: 8px;
  padding: 6px 14px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: transparent; border-style: dashed; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $text; color: $window; border-color: $text; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 5px 13px; }
QPushButton[kind="primary"]:disabled { background: $hover; color: $muted;
  border: 1px dashed $border; }
QPushButton[kind="danger"] { color: $danger; border: 1px solid $danger; }
QPushButton[kind="danger"]:hover { background: $danger_soft; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: 2px 4px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="chip"], QToolButton[kind="chip"] { background: transparent;
  border: 1px solid $border; border-radius: 13px; padding: 2px 10px; min-height: 20px;
  color: $muted; font-size: $size_small; }
QPushButton[kind="chip"]:hover { background: $hover; color: $text; }
QPushButton[kind="chip"]:checked { background: $accent_soft; color: $accent;
  border-color: $accent_soft; }
QPushButton[kind="chip"]:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px;
  padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="rail"] { color: $muted; font-size: $size_tiny; border-radius: 9px;
  padding: 7px 2px 6px 2px; }
QToolButton[kind="rail"]:hover { background: $hover; color: $text; }
QToolButton[kind="rail"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QToolButton[kind="send"] { background: $accent; border-radius: 16px; padding: 5px; }
QToolButton[kind="send"]:hover { background: $text; }
QToolButton[kind="send"]:disabled { background: $hover; }
QToolButton[kind="send"]:focus { border: 2px solid $text; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: $surface;
  border: 1px solid $border; border-radius: 8px; padding: 5px 9px; min-height: 20px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit, QTextEdit { background: $surface; border: 1px solid $border; border-radius: 8px;
  padding: 4px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 1px solid $accent; }
QLineEdit#searchField { padding-left: 1px; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; background: $window; }
QPlainTextEdit[kind="bare"], QTextBrowser[kind="bare"] { background: transparent; border: none;
  padding: 0; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; outline: none;
  selection-background-color: $accent_soft; selection-color: $text; padding: 4px; }
QMenu { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 5px 6px; }
QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; }
QListView::item { border-radius: 7px; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $selected; color: $text; }
QListWidget#jumpList::item { padding: 7px 9px; }
QTableView { gridline-color: $border; background: $surface; }
QHeaderView::section { background: $sidebar; border: none; border-bottom: 1px solid $border;
  padding: 6px 8px; color: $muted; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="column"] { background: transparent;
  border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 2px; }
QScrollBar::handle { background: $border; border-radius: 3px; min-height: 36px; min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $hover; border: none; border-radius: 4px; max-height: 8px;
  min-height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSlider:horizontal { min-height: 24px; }
QSlider::groove:horizontal { background: $border; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $surface; border: 2px solid $accent; width: 14px;
  height: 14px; margin: -7px 0; border-radius: 9px; }
QSlider::handle:horizontal:focus { background: $accent; }
QTabBar::tab { padding: 7px 14px; border: none; border-bottom: 2px solid transparent;
  color: $muted; background: transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: $border; }
"""
