"""The same model under `mesa.batch_run`: runs a second, on as many processes as asked for."""

import json
import sys
import time
import warnings

from mesa.batchrunner import batch_run

from orgsim.mesa_model.model import OrganisationModel
from orgsim.scenario import load

SETTINGS = ("default",)


class Sized(OrganisationModel):
    """Stops at the horizon, as `batch_run` asks for."""

    def step(self):
        super().step()
        self.running = not self.finished


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    processes, runs = int(sys.argv[1]), int(sys.argv[2])
    days = load(*SETTINGS).horizon.weeks * 5
    parameters = {"source": "default", "design": ["silos", "teams"], "rng": list(range(1, runs // 2 + 1))}
    Sized(source="default", rng=0).step()
    started = time.perf_counter()
    rows = batch_run(Sized, parameters, processes, max_steps=days + 1, display_progress=False)
    seconds = time.perf_counter() - started
    result = sum(row["result"] for row in rows if "result" in row)
    print(json.dumps({"runs": len(rows), "seconds": seconds, "result": result}))
