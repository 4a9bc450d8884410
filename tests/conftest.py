"""How the tests run: no example of a property fails for the speed of the machine."""

from hypothesis import settings

settings.register_profile("orgsim", deadline=None)
settings.load_profile("orgsim")
