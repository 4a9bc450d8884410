"""Intervals, paired differences, corrections: arrays in, numbers out."""
