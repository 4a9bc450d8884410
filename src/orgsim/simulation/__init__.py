"""One run: the schedule, its course, its result; and many runs side by side."""
