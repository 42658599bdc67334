"""Where everything of one profile lies on disk."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs


def default_root() -> Path:
    """The profile folder when none is named: the system's folder for an app's own data."""
    return Path(platformdirs.user_data_dir("confidant", appauthor=False))


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The paths inside a profile folder `root`. Nothing here touches the disk but `prepare`."""

    root: Path

    @property
    def key_file(self) -> Path:
        """Key slots; a second copy stands beside it with `.copy` at the end."""
        return self.root / "keys.json"

    @property
    def setup_mark(self) -> Path:
        """Stands while a profile is being made: nothing was encrypted with its key yet."""
        return self.root / "setup.unfinished"

    @property
    def database(self) -> Path:
        """The encrypted database; `-wal` and `-shm` files stand beside it while it is open."""
        return self.root / "confidant.db"

    @property
    def backups(self) -> Path:
        """Rotating copies of the database, encrypted with the same key."""
        return self.root / "backups"

    @property
    def vault(self) -> Path:
        """Sealed files: adapters and training checkpoints."""
        return self.root / "sealed"

    @property
    def models(self) -> Path:
        """Imported models. Public weights, not encrypted."""
        return self.root / "models"

    @property
    def cache(self) -> Path:
        """Caches made from public weights only; may be deleted at any time."""
        return self.root / "cache"

    @property
    def figures(self) -> Path:
        """TensorBoard files of trainings, where the setting asks for them: numbers, no words."""
        return self.root / "training-figures"

    @property
    def logs(self) -> Path:
        """Logs: identifiers and lengths, never words."""
        return self.root / "logs"

    @property
    def appearance(self) -> Path:
        """Language, theme and text size, readable before the profile is open."""
        return self.root / "appearance.json"

    @property
    def instance_lock(self) -> Path:
        """Held by the running copy of the app."""
        return self.root / "instance.lock"

    def prepare(self) -> None:
        """Makes the root folder, readable by its owner alone where the system knows owners."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
