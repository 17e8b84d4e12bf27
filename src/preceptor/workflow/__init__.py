"""One typed function or object per job; the command line and the app only translate."""
