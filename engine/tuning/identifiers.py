"""Checksums and shapes of structured identifiers. Pure functions over text, standard library only.

Sources: ISO/IEC 7812-1 annex B (Luhn), ISO 13616-1 (IBAN, mod 97-10), GB 11643-1999 (Chinese
resident identity number, mod 11-2), SSA numbering rules (US social security number).
"""

import ipaddress

_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30,
    "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
    "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def digits_of(text: str) -> str:
    """Only the ASCII digits of `text`."""
    return "".join(character for character in text if character in "0123456789")


def is_luhn(text: str) -> bool:
    """Does a card-length number (12 to 19 digits) pass the Luhn check?"""
    digits = digits_of(text)
    if not 12 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """Is `text` (spaces ignored) an IBAN of its country's length with a right checksum?"""
    packed = "".join(text.split()).upper()
    if len(packed) != _IBAN_LENGTHS.get(packed[:2], -1) or not packed.isalnum():
        return False
    if not packed.isascii():
        return False
    turned = packed[4:] + packed[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def is_us_ssn(text: str) -> bool:
    """Nine digits that the US administration could have issued."""
    digits = digits_of(text)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if len(digits) != 9:
        return False
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def is_chinese_id(text: str) -> bool:
    """An 18-character resident identity number with a right check character."""
    if len(text) != 18 or not text[:17].isdigit() or not text.isascii():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == text[17].upper()


def is_ip_address(text: str) -> bool:
    """An IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
