"""The strength hint errs on the low side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.forms.passphrase_strength import Strength, guess_bits, strength


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Strength.TOO_SHORT),
        ("a1b2c3d", Strength.TOO_SHORT),
        ("password123", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("1234567890123456", Strength.WEAK),
        ("qwertyuiopasdfgh", Strength.WEAK),
        ("correct horse battery", Strength.WEAK),
        ("correct horse battery staple", Strength.FAIR),
        ("correct horse battery staple window river", Strength.STRONG),
        ("v8#Kq2!xTz9@Lm", Strength.STRONG),
        ("我的密码是一只会飞的猫", Strength.STRONG),
    ],
)
def test_known_passphrases(text, wanted):
    assert strength(text) is wanted


@given(st.text(min_size=1, max_size=40))
def test_repeating_a_letter_adds_little(text):
    repeated = text + text[-1] * 3
    assert guess_bits(repeated) <= guess_bits(text) * 2 + 60


@given(st.text(max_size=60))
def test_bits_are_never_negative(text):
    assert guess_bits(text) >= 0
