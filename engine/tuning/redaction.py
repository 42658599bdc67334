"""Removes structured identifiers and secrets from text before anything is learned from it.

What is found is replaced by its kind in brackets, for example ``[email]``. The removed text is
kept in memory only as long as the caller holds the result: the exam uses it for leak probes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.tuning.identifiers import (
    digits_of,
    is_chinese_id,
    is_iban,
    is_ip_address,
    is_luhn,
    is_us_ssn,
)
from engine.tuning.phones import find_phones
from storage.settings import REDACTED_KINDS, SettingValue

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One removed span: where it stood (``start`` to ``end``), its kind and its text."""

    kind: str
    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Redacted:
    """Text without its identifiers, and what was removed, in order of place."""

    text: str = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that were removed, each once, sorted."""
        return tuple(sorted({finding.kind for finding in self.findings}))


_EMAIL = re.compile(r"[A-Za-z0-9_.+%'-]{1,64}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,63}")
"""Bounds of RFC 5321 and RFC 1035; without them a long run of letters takes quadratic time."""
_URL = re.compile(
    r"(?:https?|ftp|wss?)://[^\s<>\"'）)】，。]+|\bwww\.[\w-]+(?:\.[\w-]+)+[^\s<>\"'）)】，。]*",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}\b", re.ASCII)
_DIGIT_RUN = re.compile(r"(?<![\w.+])\d(?:[ -]?\d){11,18}(?![\w])", re.ASCII)
_SSN = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])", re.ASCII)
_SSN_LABELLED = re.compile(
    r"(?:\bssn\b|social security (?:number|no\.?))\W{0,3}(?:is\s+)?(\d{9})\b", re.IGNORECASE
)
_CHINESE_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)", re.ASCII)
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])", re.ASCII)
_KNOWN_KEYS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:sk|pk|rk)[-_](?:[A-Za-z0-9]+[-_])*[A-Za-z0-9]{16,}"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bxox[abeprs]-[\w-]{10,}"
    r"|\bhf_[A-Za-z0-9]{20,}|\bnpm_[A-Za-z0-9]{30,}|\bpypi-[\w-]{20,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\bbc1[a-z0-9]{25,60}\b|\b0x[0-9a-fA-F]{32,}\b"
)
_LABEL = (
    r"(?:(?:pass\s?(?:word|code|phrase|wd)|pwd|pin(?:\s?(?:code|number))?|cvv2?|cvc|"
    r"security code|(?:api|access|secret|private|encryption|recovery|licen[cs]e)[ _-]?keys?|"
    r"(?:access|auth|bearer|api|login)[ _-]?token|client[ _-]?secret|seed phrase|"
    r"one-time code|otp)s?)"
)
_SECRET_EN = re.compile(
    rf"(?<![A-Za-z]){_LABEL}(?![A-Za-z])"
    r"(?:\s+(?:for|of|to|on)\s+(?:\w+['’]?\w*\s+){1,4}?)?"
    r"(?:\s*(?::|=|\bis\b(?:\s+now)?|\bwas\b|\bto\b|\bare\b)\s*|\s+(?=\d))"
    r"[\"'“‘`]?((?=\S*[\d!@#$%^&*_+=~-])[^\s\"'”’`,;，。]{3,}|(?<=[\"'“‘`])[^\"”`]{3,60})",
    re.IGNORECASE,
)
_SECRET_WORD = re.compile(
    rf"(?<![A-Za-z]){_LABEL}(?![A-Za-z])(?:\s+(?:for|of|to|on)\s+(?:\w+['’]?\w*\s+){{1,4}}?)?"
    r"\s*(?::|=|\bis\b)\s*((?!(?:not|too|very|the|a|an|my|so|on|in|wrong|right|correct|"
    r"weak|strong|secure|required|needed|expired|invalid|incorrect|hard|easy|safe|stored|"
    r"written|kept|always|never|still|now|also|about|only|saved|longer|shorter|different|"
    r"something|it|that|what|how|why)\b)"
    r"[^\s,;，。.?!]{4,})",
    re.IGNORECASE,
)
_SECRET_ZH = re.compile(
    r"(?:密码|口令|密钥|秘钥|验证码|安全码|私钥|助记词|令牌)(?:是|为|：|:|=|改成了?|换成了?)\s*"
    r"[“\"']?([^\s，。；！？”\"']{3,})"
)
_TOKEN = re.compile(r"(?<![\w/@.])[A-Za-z0-9_+/=-]{24,}(?![\w/@])")


def _whole(pattern: re.Pattern[str], accept: Callable[[str], bool] | None = None) -> Finder:
    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            if accept is None or accept(match.group()):
                yield match.span()

    return find


def _group(pattern: re.Pattern[str]) -> Finder:
    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            start, end = match.span(1)
            yield start, start + len(text[start:end].rstrip(".!?"))

    return find


def _shrinking_ibans(text: str) -> Iterator[Span]:
    """An IBAN may be followed by words: the longest start that passes the checksum counts."""
    for match in _IBAN.finditer(text):
        start, end = match.span()
        while end - start >= 15:
            if text[end - 1].isalnum() and is_iban(text[start:end].replace("-", "")):
                yield start, end
                break
            end -= 1


def _is_card(text: str) -> bool:
    return is_luhn(text) and digits_of(text)[0] != "0"


def _looks_random(text: str) -> bool:
    """Long strings that mix letters and digits the way generated keys do."""
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    return (digits >= 4 and letters >= 4 and "/" not in text.strip("/")) or (
        digits >= 8 and letters >= 8
    )


def _is_ipv6(text: str) -> bool:
    return is_ip_address(text) and sum(c.isalnum() for c in text) >= 4


_FINDERS: tuple[tuple[str, Finder], ...] = (
    ("secret", _whole(_KNOWN_KEYS)),
    ("url", _whole(_URL)),
    ("email", _whole(_EMAIL)),
    ("iban", _shrinking_ibans),
    ("id_number", _whole(_CHINESE_ID, is_chinese_id)),
    ("ssn", _whole(_SSN, is_us_ssn)),
    ("ssn", _group(_SSN_LABELLED)),
    ("ip", _whole(_IPV4, is_ip_address)),
    ("ip", _whole(_IPV6, _is_ipv6)),
    ("secret", _group(_SECRET_EN)),
    ("secret", _group(_SECRET_WORD)),
    ("secret", _group(_SECRET_ZH)),
    ("card", _whole(_DIGIT_RUN, _is_card)),
    ("phone", find_phones),
    ("secret", _whole(_TOKEN, _looks_random)),
)


def redact(text: str, let_in: frozenset[str] = frozenset()) -> Redacted:
    """Replaces every identifier and secret in `text`; earlier kinds of `_FINDERS` win overlaps.

    What is of a kind in `let_in` stays as it is. Secrets are never let in, nor is one that stands
    inside of something that is, such as a key in a web address.
    """
    findings: list[Finding] = []
    for kind, finder in _FINDERS:
        weaker = let_in if kind == "secret" else frozenset()
        for start, end in finder(text):
            met = (one for one in findings if start < one.end and one.start < end)
            if all(one.kind in weaker for one in met):
                findings.append(Finding(kind, start, end, text[start:end]))
    kept_out = (f for f in findings if f.kind == "secret" or f.kind not in let_in)
    findings = sorted(kept_out, key=lambda finding: finding.start)
    parts: list[str] = []
    place = 0
    for finding in findings:
        parts += [text[place : finding.start], f"[{finding.kind}]"]
        place = finding.end
    return Redacted("".join([*parts, text[place:]]), tuple(findings))


PLACEHOLDER = re.compile(r"\[(?:secret|url|email|iban|id_number|ssn|ip|card|phone)\]")


def let_in_kinds(settings: Mapping[str, SettingValue]) -> frozenset[str]:
    """The kinds that the user's settings let into learning."""
    return frozenset(kind for kind in REDACTED_KINDS if not settings[f"redact_{kind}"])


def never_learn_words(setting: str) -> tuple[str, ...]:
    """The user's own words of the *Never learn* setting, one a line, blank lines ignored."""
    return tuple(line.strip() for line in setting.splitlines() if line.strip())


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Does `text` hold one of `words`, as a whole word (Chinese: anywhere), ignoring case?"""
    return any(
        re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text, re.IGNORECASE)
        for word in words
    )
