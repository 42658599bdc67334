"""Models on this machine: what they need, which is in use, import."""
