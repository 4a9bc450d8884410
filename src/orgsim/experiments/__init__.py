"""Comparisons: run, pair, estimate."""
