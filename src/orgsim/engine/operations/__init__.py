"""The compiled core: the life of a case, event by event."""
