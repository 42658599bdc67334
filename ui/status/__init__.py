"""What holds for the whole window: settings, model, adapter, lock; and the bar that shows it."""
