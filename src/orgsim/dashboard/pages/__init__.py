"""The pages of the dashboard, each a Solara component over the session."""
