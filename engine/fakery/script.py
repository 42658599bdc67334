"""How a scripted engine should behave: starting state, delays, planned failures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.contract import FailureKind

__all__ = ["FAKE_RECOVERY_KEY", "FakeScript"]

FAKE_RECOVERY_KEY = "7QKX-2M9D-HV4C-WJ3N-8RTB-5FYE-ZA6G-PLUS"


@dataclass(frozen=True, kw_only=True)
class FakeScript:
    """One scripted engine. Times in seconds; zero everywhere makes a test fast.

    ``faults`` makes commands fail: class name of the command to the failure kind.
    ``fault_after_tokens`` lets a planned `Reply` failure strike in mid-stream.
    ``samples`` fills an existing profile with a few chats, memories and adapters.
    ``damaged_adapter`` starts with an active adapter that cannot be read.
    ``passphrase`` opens a locked profile; None means that the keyring keeps its key.
    """

    state: str = "new"
    passphrase: str | None = field(default=None, repr=False)
    keyring_available: bool = True
    samples: bool = True
    load_s: float = 0.3
    first_token_s: float = 0.15
    token_s: float = 0.03
    learn_step_s: float = 0.08
    learn_steps: int = 60
    verdict: str = "activated"
    answer: str | None = field(default=None, repr=False)
    faults: Mapping[str, FailureKind] = field(default_factory=dict)
    fault_after_tokens: int = 0
    damaged_adapter: bool = False
