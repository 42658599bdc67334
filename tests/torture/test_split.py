"""Long runs in pieces: together they are the whole run."""

import pytest

from tests.torture import __main__ as torture
from tests.torture import flips, mutants
from tests.torture.untrusted import Base


@pytest.mark.parametrize("name", ["x-wal", "x.db", "x.json"])
def test_pieces_of_the_flips_take_every_region_once(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bytes(flips.LOG_HEADER + 11 * (flips.FRAME_HEADER + flips.PAGE)))
    whole = set(flips._regions(path, 1, 0))
    pieces = [list(flips._regions(path, 3, first)) for first in range(3)]
    assert set().union(*pieces) == whole
    assert all(set(piece) < whole for piece in pieces)


class Blind:
    """Refuses everything, and starts no process."""

    def look(self, *_):
        return "refused", 0.0

    def close(self):
        pass


def test_pieces_of_the_mutants_are_those_of_the_whole(tmp_path, monkeypatch):
    seen: list[bytes] = []
    base = Base("rows", "rows.csv", bytes(range(256)) * 4)
    monkeypatch.setattr(mutants, "bases", lambda _: [base])
    monkeypatch.setattr(mutants, "place", lambda _folder, _base, data: seen.append(data))
    monkeypatch.setattr(mutants, "Looker", Blind)
    mutants.damaged(tmp_path, 6)
    whole = seen.copy()
    seen.clear()
    mutants.damaged(tmp_path, 4)
    mutants.damaged(tmp_path, 2, 4)
    assert seen == whole
    assert len(set(whole)) == 6


def test_a_run_that_is_one_piece_refuses_a_beginning(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["torture", "scale", "--first", "3"])
    with pytest.raises(SystemExit):
        torture.main()
    assert "scale cannot be split" in capsys.readouterr().err
