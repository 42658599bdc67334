"""Option values with bounds; the bounds are those of the declared settings."""

import argparse
import math
from collections.abc import Callable

from storage.settings import SETTINGS, SettingError


def setting_float(key: str) -> Callable[[str], float]:
    """A parser of text for the number setting `key`, for argparse's ``type``."""

    def parse(text: str) -> float:
        try:
            return float(SETTINGS[key].check(float(text)))
        except (SettingError, ValueError) as error:
            raise argparse.ArgumentTypeError(_bounds(key)) from error

    return parse


def setting_int(key: str) -> Callable[[str], int]:
    """A parser of text for the whole-number setting `key`, for argparse's ``type``."""

    def parse(text: str) -> int:
        try:
            return int(SETTINGS[key].check(int(text)))
        except (SettingError, ValueError) as error:
            raise argparse.ArgumentTypeError(_bounds(key)) from error

    return parse


def positive_minutes(text: str) -> float:
    """A time limit: a number above 0, at most a day."""
    most = SETTINGS["max_minutes"].maximum or math.inf
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not 0 < minutes <= most:
        raise argparse.ArgumentTypeError(f"must be a number above 0, at most {most:g}")
    return minutes


def share(text: str) -> float:
    """A number above 0, at most 1."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError("must be a number above 0, at most 1")
    return found


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``a=one,b=two`` as pairs."""
    found = [part.partition("=") for part in text.split(",")]
    if not all(name.strip() and mark and words.strip() for name, mark, words in found):
        raise argparse.ArgumentTypeError("must look like LABEL=WORDS,LABEL=WORDS")
    return tuple((name.strip(), words.strip()) for name, _mark, words in found)


def positive_count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number from 1 on")
    return int(text)


def _bounds(key: str) -> str:
    setting = SETTINGS[key]
    return f"must be a number from {setting.minimum:g} to {setting.maximum:g}"
