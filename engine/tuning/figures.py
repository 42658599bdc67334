"""Training runs as TensorBoard event files, on request: numbers and the recipe, never a word.

Each attempt has a folder of its own below one for the run, so that TensorBoard sets attempts side
by side. Files are plain, so that TensorBoard can read them; what goes in is listed here, and all of
it is numbers but for the names of settings and of the optimizer. Their names hold no name of the
computer or its user.
"""

import contextlib
import math
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.contract import EngineError, FailureKind
from engine.tuning.trainer import StepReport
from storage.records import AttemptRecord, ExamFigures

if TYPE_CHECKING:
    from tensorboardX.record_writer import RecordWriter

_REFUSED = "The folder for training figures cannot be written to; choose another one."
_FILE = "events.out.tfevents.{seconds}"


class Figures:
    """Writes one learning run. Model lane only; after a full disk it falls silent."""

    def __init__(self, folder: Path) -> None:
        """Makes a folder for the run in `folder`; other users of the computer may not enter it.

        Raises:
            EngineError: ``BAD_INPUT``, where nothing can be written.
        """
        self._root = folder / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        self._files: dict[str, RecordWriter] = {}
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise EngineError(FailureKind.BAD_INPUT, _REFUSED) from None

    def step(self, attempt: int, report: StepReport) -> None:
        """One training step. Losses in nats a token, speed in tokens a second."""
        self._write(f"attempt-{attempt}", report.step, {
            "train/loss": report.loss,
            "train/loss_smoothed": report.smoothed,
            "train/replay_kl": report.replay_loss,
            "train/learning_rate": report.learning_rate,
            "train/tokens_per_s": report.tokens_per_s,
        })  # fmt: skip

    def untuned(self, figures: ExamFigures) -> None:
        """What the untuned model reached in the exam."""
        self._write("untuned", 0, _exam(figures))

    def attempt(self, record: AttemptRecord) -> None:
        """An attempt's recipe, and its exam where it came to one."""
        strength = record.recipe.get("strength", 1.0)
        name = f"attempt-{record.number}"
        if strength != 1.0:
            name += f"-strength-{strength}"
        rows = [f"{key} | {value}" for key, value in record.recipe.items()]
        self._write(name, record.steps, _exam(record.figures),
                    table="\n".join(["setting | value", "--- | ---", *rows]))  # fmt: skip

    def close(self) -> None:
        """Ends all files."""
        for file in self._files.values():
            with contextlib.suppress(OSError):
                file.close()
        self._files.clear()

    def _write(self, name: str, step: int, values: Mapping[str, float], table: str = "") -> None:
        from tensorboardX.proto.event_pb2 import Event
        from tensorboardX.summary import scalar, text

        made = [scalar(tag, value) for tag, value in values.items() if math.isfinite(value)]
        made += [text("recipe", table)] if table else []
        with contextlib.suppress(OSError):
            file = self._file(name)
            for summary in made:
                event = Event(wall_time=time.time(), step=step, summary=summary)
                file.write(event.SerializeToString())
            file.flush()

    def _file(self, name: str) -> "RecordWriter":
        from tensorboardX.proto.event_pb2 import Event
        from tensorboardX.record_writer import RecordWriter

        if name not in self._files:
            folder = self._root / name
            folder.mkdir(exist_ok=True)
            made = RecordWriter(str(folder / _FILE.format(seconds=int(time.time()))))
            self._files[name] = made
            head = Event(wall_time=time.time(), file_version="brain.Event:2")
            made.write(head.SerializeToString())
        return self._files[name]


def _exam(figures: ExamFigures | None) -> dict[str, float]:
    measured = asdict(figures) if figures else {}
    return {f"exam/{key}": float(value) for key, value in measured.items() if value is not None}
