"""Why two designs differ, and where the answer turns."""
