import pytest

from engine.tuning.identifiers import is_chinese_id, is_iban, is_ip_address, is_luhn, is_us_ssn


@pytest.mark.parametrize(
    "number", ["4111 1111 1111 1111", "378282246310005", "6011-1111-1111-1117"]
)
def test_cards_with_a_right_checksum(number):
    assert is_luhn(number)


@pytest.mark.parametrize("number", ["4111 1111 1111 1112", "0000000000000000", "42", "x" * 16])
def test_other_numbers_are_no_cards(number):
    assert not is_luhn(number)


def test_every_single_wrong_digit_breaks_a_card():
    good = "4111111111111111"
    for place, digit in enumerate(good):
        for other in set("0123456789") - {digit}:
            assert not is_luhn(good[:place] + other + good[place + 1 :])


@pytest.mark.parametrize("text", ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000",
                                  "pt50000201231234567890154"])  # fmt: skip
def test_ibans(text):
    assert is_iban(text)


@pytest.mark.parametrize("text", ["GB82 WEST 1234 5698 7654 33", "DE8937040044053201300",
                                  "ZZ89370400440532013000", ""])  # fmt: skip
def test_wrong_ibans(text):
    assert not is_iban(text)


@pytest.mark.parametrize(("text", "right"), [("536-90-4399", True), ("000-12-3456", False),
                                             ("666-12-3456", False), ("900-12-3456", False),
                                             ("536-00-4399", False)])  # fmt: skip
def test_social_security_numbers(text, right):
    assert is_us_ssn(text) is right


def test_chinese_identity_numbers():
    assert is_chinese_id("11010519491231002X")
    assert not is_chinese_id("110105194912310021")
    assert not is_chinese_id("11010519491231")


def test_ip_addresses():
    assert is_ip_address("192.168.1.14")
    assert is_ip_address("2001:db8::1")
    assert not is_ip_address("256.1.1.1")
