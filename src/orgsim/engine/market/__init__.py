"""Customers, prospects, satisfaction, retention."""
