"""The benchmarks' own models still run, and do the work that they are timed for."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE.parent / "benchmarks" / "peers"


def test_objects_and_core_live_through_the_same_cases():
    """The script itself holds that both close as many."""
    answer = subprocess.run(
        [sys.executable, PEERS / "objects.py", "1"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE)},
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1])["closed"] > 100
