"""How the same thing is asked for in many ways, and how the assistant answers."""
