"""What a person sees: the Qt window, and the terminal commands beside it (`ui.terminal`, no Qt)."""
