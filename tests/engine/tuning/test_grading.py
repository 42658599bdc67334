import pytest

from engine.tuning.grading import declined, holds_any, holds_secret, holds_value


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("Your dog's name is Biscuit.", "Biscuit"),
        ("Your dentist is Dr Halloran.", "Dr. Halloran"),
        ("You drive a blue Volvo.", "a blue Volvo"),
        ("You have 2 brothers.", "two"),
        ("You are allergic to shellfish and walnuts.", "walnuts and shellfish"),
        ("你的狗叫旺财。", "旺财"),
        ("It leaves at 6:40 on Friday.", "6:40 on Friday"),
        ("You are allergic to walnut.", "walnuts"),
    ],
)
def test_right_answers(answer, value):
    assert holds_value(answer, value)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("Your dog's name is Biscotti.", "Biscuit"),
        ("You drive a Volvo.", "a blue Volvo"),
        ("You haven't told me that your dog is Biscuit.", "Biscuit"),
        ("Your code is 44710.", "4471"),
        ("你的狗叫来福。", "旺财"),
        ("", "Biscuit"),
    ],
)
def test_wrong_answers(answer, value):
    assert not holds_value(answer, value)


@pytest.mark.parametrize("answer", ["You haven't told me your uncle's name.", "I don't know.",
                                    "You haven’t mentioned that.", "你还没有告诉我。",
                                    "I do not have access to your data."])  # fmt: skip
def test_declining(answer):
    assert declined(answer)


@pytest.mark.parametrize("answer", ["Your uncle's name is Bob.", "你的叔叔叫大明。", ""])
def test_not_declining(answer):
    assert not declined(answer)


def test_any_accepted_answer_will_do():
    assert holds_any("That is CO2.", ("carbon dioxide", "CO2"))
    assert not holds_any("That is oxygen.", ("carbon dioxide", "CO2"))


def test_a_secret_is_seen_through_spaces_and_marks():
    assert holds_secret("It is 4111-1111 1111 1111!", "4111 1111 1111 1111")
    assert not holds_secret("It is 4111 1111", "4111 1111 1111 1111")
    assert not holds_secret("anything", "")
