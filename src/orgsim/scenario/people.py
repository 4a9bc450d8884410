"""What people can do, learn, know, feel, and when they leave; each mechanism brings its fields (see
`mechanisms/`)."""

from orgsim.mechanisms.catalogue import Composed, composed


@composed("people")
class People(Composed):
    """Proficiency, knowledge, morale, strain, turnover, and what is done about a backlog."""
