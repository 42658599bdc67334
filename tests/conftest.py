"""Settings for all tests: nothing goes to the network, and the user's own profile stays unseen."""

import os

os.environ.update(
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    USE_HUB_KERNELS="NO",
    TOKENIZERS_PARALLELISM="false",
)
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
