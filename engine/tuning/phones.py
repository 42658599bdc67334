"""Finds telephone numbers: the phonenumbers library decides, shapes and nearby words help.

The library alone misses numbers written without a country, and alone takes any digits for one
when each country is tried; so a candidate must look like a number or stand near a telling word.
"""

import re
from collections.abc import Iterator

import phonenumbers

_CANDIDATE = re.compile(
    r"(?<![\w$€£¥#./+-])(?<!\d:)(?:\+|00)?[ \t]?\(?\d(?:[\d().\-/ \t\u2010-\u2015]{4,22})\d"
    r"(?:\s?(?:x|ext\.?|#)\s?\d{1,6})?(?![\w%])",
    re.IGNORECASE | re.ASCII,
)
_NOT_PHONE = re.compile(
    r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|(?:1[5-9]|20)\d\d\s?[-–/]"
    r"\s?(?:1[5-9]|20)?\d\d|\d+\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?:\s+\d{1,2})?$"
)
_TELLING = re.compile(
    r"\b(?:phone|call|calling|cell|mobile|tel|telephone|fax|dial|ring|text|reach|contact|"
    r"whatsapp|sms|landline|hotline|extension|number|office)\b|电话|手机|号码|座机|传真|拨打|联系",
    re.IGNORECASE,
)
_REGIONS = ("US", "GB", "CN", "DE", "FR", "IN", "AU", "BR", "ES", "IT", "JP", "HK", "TW", "SG")
_THOUSANDS = re.compile(r"^\d{1,3}(?: \d{3})+$")
_GROUPED = re.compile(r"^\(?\d{2,4}\)?[\s.-]\d{2,4}[\s.-]\d{2,4}(?:[\s.-]\d{2,4})*")
_CHINESE_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_NEAR = 40


def _is_valid_somewhere(number: str) -> bool:
    for region in _REGIONS:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return True
    return False


def _is_phone(number: str, before: str, after: str) -> bool:
    """Decides on one candidate from its shape, the library and the words around it."""
    bare = re.split(r"x|ext|#", number, flags=re.IGNORECASE)[0]
    digits = re.sub(r"\D", "", bare)
    if not 7 <= len(digits) <= 15 or _NOT_PHONE.match(bare.strip()):
        return False
    telling = bool(_TELLING.search(before) or _TELLING.search(after[:15]))
    international = number.lstrip().startswith(("+", "00"))
    if telling or international or _CHINESE_MOBILE.match(digits):
        return True
    if _THOUSANDS.match(bare.strip()):
        return False
    grouped = bool(_GROUPED.match(bare.strip())) or "(" in bare
    if grouped and len(digits) >= 8:
        return True
    return len(digits) >= 9 and digits == bare.strip() and _is_valid_somewhere(bare)


def find_phones(text: str) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of every telephone number in `text`."""
    for match in _CANDIDATE.finditer(text):
        number = match.group()
        start = match.start() + len(number) - len(number.lstrip())
        before = text[max(0, start - _NEAR) : start]
        stripped = number.strip()
        if stripped.startswith("(") and ")" not in stripped:
            continue
        if _is_phone(stripped, before, text[match.end() :]):
            yield start, start + len(stripped)
