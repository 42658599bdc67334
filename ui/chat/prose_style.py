"""The style of rendered Markdown, in the colours of the moment."""

from ui.theme.palette import Colours

__all__ = ["prose_style"]


def prose_style(chosen: Colours) -> str:
    """A style sheet in Qt's subset of CSS."""
    return f"""
        p, ul, ol, blockquote, table, pre {{ margin-top: 0; margin-bottom: 10px; }}
        p, li {{ line-height: 148%; }}
        li ul, li ol {{ margin-bottom: 0; }}
        li p {{ margin-bottom: 4px; }}
        h1, h2, h3, h4 {{ margin-top: 10px; margin-bottom: 6px; font-weight: 600; }}
        h1 {{ font-size: x-large; }} h2 {{ font-size: large; }}
        h3, h4 {{ font-size: medium; }}
        a {{ color: {chosen.accent}; text-decoration: underline; }}
        code {{ background-color: {chosen.code}; font-family: monospace; }}
        pre {{ font-family: monospace; }}
        blockquote {{ color: {chosen.muted}; margin-left: 18px; }}
        table {{ border-collapse: collapse; border: 1px solid {chosen.border}; }}
        th {{ text-align: left; background-color: {chosen.sidebar}; font-weight: 600; }}
        th, td {{ padding: 5px 10px; border: 1px solid {chosen.border}; }}
        hr {{ background-color: {chosen.border}; }}
    """
