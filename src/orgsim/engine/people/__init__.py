"""Proficiency, overtime and temporary staff."""
