"""orgsim: what does an organisation design cost, and what does it do to customers?

    >>> import orgsim
    >>> comparison = orgsim.compare("french-hospitality-2020", replications=20)
    >>> print(comparison.sentence())

Everything loads when it is first used, so that `import orgsim` is light.
"""

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Experiment": "orgsim.studies.design",
    "Comparison": "orgsim.answers.compare",
    "Health": "orgsim.answers.health",
    "OrganisationModel": "orgsim.mesa_model.model",
    "OrgsimError": "orgsim.errors",
    "RunResult": "orgsim.simulation.result",
    "SameService": "orgsim.answers.same_service",
    "Scenario": "orgsim.scenario",
    "Simulation": "orgsim.simulation.schedule",
    "check": "orgsim.answers.health",
    "compare": "orgsim.answers.compare",
    "Store": "orgsim.studies.store",
    "load": "orgsim.scenario",
    "load_experiment": "orgsim.studies.design",
    "run": "orgsim.simulation.runner",
    "same_service": "orgsim.answers.same_service",
    "sweep": "orgsim.studies.sweep",
    "verify": "orgsim.verification.verify",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'orgsim' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
