"""Experiments: files, sampling, the store, the sweep, what can be run again."""
