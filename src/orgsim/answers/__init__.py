"""How designs differ, how surely, why, where the answer turns, what matters, what is best."""
