"""Results for people: words, tables, data."""
