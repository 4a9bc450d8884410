"""Answers and scenarios as tables in a terminal."""
