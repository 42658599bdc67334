"""Colours, sizes, icons and the style sheet of the window."""

from ui.theme.icons import icon, icon_pixmap
from ui.theme.palette import DARK, LIGHT, Colours, colours
from ui.theme.style import Theme

__all__ = ["DARK", "LIGHT", "Colours", "Theme", "colours", "icon", "icon_pixmap"]
