"""Numbers in GGUF metadata, read with bounds."""

from collections.abc import Mapping

from engine.model.gguf_file import MalformedFileError, MetaValue


class Numbers:
    """Reads bounded numbers of one architecture; its name is the prefix of every key."""

    def __init__(self, metadata: Mapping[str, MetaValue], prefix: str) -> None:
        self._metadata = metadata
        self._prefix = prefix

    def whole(self, key: str, limit: int, default: int | None = None) -> int:
        """A number from 1 to `limit`."""
        value = self._metadata.get(f"{self._prefix}.{key}", default)
        if type(value) is not int or not 1 <= value <= limit:
            raise MalformedFileError("its description of the model is incomplete or impossible")
        return value

    def optional(self, key: str, limit: int) -> int | None:
        """The same, or None where the file has none or has 0."""
        return self.whole(key, limit) if self._metadata.get(f"{self._prefix}.{key}") else None

    def real(self, key: str, default: float) -> float:
        """A number above 0."""
        value = self._metadata.get(f"{self._prefix}.{key}", default)
        if not isinstance(value, int | float) or not 0.0 < float(value) < 1e12:
            raise MalformedFileError("its description of the model is incomplete or impossible")
        return float(value)

    def present(self, key: str) -> float:
        """The same, or 0 where the file has none or has 0."""
        return self.real(key, 1.0) if self._metadata.get(f"{self._prefix}.{key}") else 0.0
