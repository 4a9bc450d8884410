"""A scenario of one's own from what a company has: a staff list."""
