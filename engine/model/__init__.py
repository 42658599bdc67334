"""Models: this machine, what is on disk, checks of strangers' files, loading."""
