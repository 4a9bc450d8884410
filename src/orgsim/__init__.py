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
    "Experiment": "orgsim.experiments.design",
    "Comparison": "orgsim.experiments.compare",
    "OrganisationModel": "orgsim.model",
    "OrgsimError": "orgsim.errors",
    "RunResult": "orgsim.result",
    "SameService": "orgsim.experiments.same_service",
    "Scenario": "orgsim.scenario",
    "Simulation": "orgsim.simulation",
    "compare": "orgsim.experiments.compare",
    "Store": "orgsim.experiments.store",
    "load": "orgsim.scenario",
    "load_experiment": "orgsim.experiments.design",
    "run": "orgsim.experiments.runner",
    "same_service": "orgsim.experiments.same_service",
    "sweep": "orgsim.experiments.sweep",
    "verify": "orgsim.verification.verify",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'orgsim' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
