"""Skills: teach a task from a table of labelled rows, see how well it does, apply it."""
