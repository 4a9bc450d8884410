"""Exact results, and the core against them."""
