"""What can go wrong because of what a person wrote, in one family of exceptions."""


class OrgsimError(Exception):
    """Base of every error that a user can cause; its text alone must be enough to mend it."""


class ScenarioError(OrgsimError):
    """A scenario file, an override or a crisis series cannot be used."""


class DesignError(OrgsimError):
    """An organisation design contradicts the company that it is to organise."""
