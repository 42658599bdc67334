"""Skills: a task taught from labelled rows, examined on rows that were kept apart, applied."""
