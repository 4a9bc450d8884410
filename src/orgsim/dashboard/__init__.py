"""The dashboard: two organisations side by side, live, in class and in the boardroom (Solara)."""
