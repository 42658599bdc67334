import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chat.stops import StopText


def _feed(pieces: list[str], stops: list[str]) -> tuple[str, bool]:
    ending = StopText(stops)
    shown = "".join(ending.add(piece) for piece in pieces)
    return shown + ending.finish(), ending.reached


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["hello END there"], "hello "),
        (["hello E", "N", "D there"], "hello "),
        (["hello E", "N", "X"], "hello ENX"),
        (["hello EN"], "hello EN"),
        (["EEND"], "E"),
    ],
)
def test_text_ends_before_the_stop(pieces: list[str], expected: str) -> None:
    assert _feed(pieces, ["END"])[0] == expected


def test_the_first_of_several_stops_counts() -> None:
    assert _feed(["one two three"], ["three", "two"]) == ("one ", True)
    assert _feed(["abc"], ["", "zzz"]) == ("abc", False)


def test_what_may_begin_a_stop_is_held_back() -> None:
    ending = StopText(["\nUser:"])
    assert ending.add("fine\nUs") == "fine"
    assert ending.add("ual") == "\nUsual"


@given(st.lists(st.text("abE", max_size=4)), st.lists(st.text("abE", min_size=1, max_size=3)))
def test_cutting_into_pieces_changes_nothing(pieces: list[str], stops: list[str]) -> None:
    text = "".join(pieces)
    places = [text.find(stop) for stop in stops if stop in text]
    expected = text[: min(places)] if places else text
    shown, reached = _feed(pieces, stops)
    assert reached == bool(places)
    assert shown == expected
