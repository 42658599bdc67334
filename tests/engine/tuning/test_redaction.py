import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tuning.identifiers import is_luhn
from engine.tuning.redaction import holds_any, never_learn_words, redact

SECRETS = [
    ("Write to lena.k+shop@post.example.org today.", "email", "lena.k+shop@post.example.org"),
    ("Ring me on +44 20 7946 0018.", "phone", "+44 20 7946 0018"),
    ("My mobile is 07700 900 982, thanks", "phone", "07700 900 982"),
    ("我的手机号是13812345678。", "phone", "13812345678"),
    ("Pay with 5555 5555 5555 4444 please", "card", "5555 5555 5555 4444"),
    ("Send it to GB82 WEST 1234 5698 7654 32 by Monday", "iban", "GB82 WEST 1234 5698 7654 32"),
    ("SSN 536-90-4399 on file", "ssn", "536-90-4399"),
    ("身份证号11010519491231002X", "id_number", "11010519491231002X"),
    ("The router sits at 192.168.7.21", "ip", "192.168.7.21"),
    ("It listens on fe80::1ff:fe23:4567:890a", "ip", "fe80::1ff:fe23:4567:890a"),
    ("See https://wiki.example.org/a?b=c for more", "url", "https://wiki.example.org/a?b=c"),
    ("My password is kingfisher", "secret", "kingfisher"),
    ("the PIN for my card is 8830.", "secret", "8830"),
    ("I set my passphrase to \"green tea at dawn\"", "secret", "green tea at dawn"),
    ("token ghp_16C7e42F292c6912E7710c838347Ae178B4a", "secret",
     "ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
    ("AWS key AKIAIOSFODNN7EXAMPLE leaked", "secret", "AKIAIOSFODNN7EXAMPLE"),
    ("我的银行卡密码是772310", "secret", "772310"),
]  # fmt: skip

HARMLESS = [
    "My locker code is 4471.",
    "My flight leaves at 6:40 on Friday.",
    "I was born on 3 May 1985, or 03/05/1985, or 1985-05-03.",
    "I have 10,000 stamps from 1990-2005.",
    "I weigh 72.5 kg and my blood pressure is 120/80.",
    "My password is too long.",
    "The token is made of brass.",
    "I live at 4410 Maple Drive, apartment 12.",
    "我的鞋码是42，生日是1990年5月3日。",
    "That costs $1,250,000 or 30 000 000 yen.",
]


@pytest.mark.parametrize(("text", "kind", "secret"), SECRETS)
def test_secrets_go(text, kind, secret):
    redacted = redact(text)
    assert secret not in redacted.text
    assert f"[{kind}]" in redacted.text
    assert [finding.text for finding in redacted.findings] == [secret]
    assert redacted.kinds == (kind,)


@pytest.mark.parametrize(("text", "secret"), [
    ("See https://wiki.example.org/a?key=s3cr3tPaSs9021kkQx81LmNo for more",
     "s3cr3tPaSs9021kkQx81LmNo"),
    ("My password is kingfisher@9.example.org", "kingfisher@9.example.org"),
])  # fmt: skip
def test_a_secret_inside_of_what_is_let_in_goes_all_the_same(text, secret):
    redacted = redact(text, frozenset({"url", "email"}))
    assert secret not in redacted.text
    assert redacted.kinds == ("secret",)
    assert secret not in redact(text).text


def test_what_is_let_in_stays_whole_otherwise():
    text = "See https://wiki.example.org/12345678 or write to a12345@post.example.org today"
    assert redact(text, frozenset({"url", "email"})).text == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_things_stay(text):
    assert redact(text).text == text


def test_findings_point_into_the_source():
    text = "a@b.org wrote from 10.0.0.7 to c@d.org"
    for finding in redact(text).findings:
        assert text[finding.start : finding.end] == finding.text


def test_nothing_shows_in_a_repr():
    assert "kingfisher" not in repr(redact("My password is kingfisher"))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_survived_and_a_second_pass_finds_nothing_new(text):
    once = redact(text)
    assert redact(once.text).text.count("[card]") == once.text.count("[card]")


@given(st.integers(10**14, 10**15 - 1))
@settings(max_examples=100, deadline=None)
def test_no_valid_card_survives(body):
    numbers = [f"4{body}"[:15] + str(check) for check in range(10)]
    valid = next(number for number in numbers if is_luhn(number))
    assert valid not in redact(f"It is {valid}, I think.").text


def test_never_learn_words():
    words = never_learn_words("Acme\n\n  project x \n张三\n")
    assert words == ("Acme", "project x", "张三")
    assert holds_any("We sold it to ACME.", words)
    assert holds_any("我和张三吃饭", words)
    assert not holds_any("The acmes of skill", words)
