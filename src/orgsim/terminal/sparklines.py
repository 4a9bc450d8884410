"""A course over time in one line of text."""

from collections.abc import Sequence

import numpy as np

_BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], width: int = 78) -> str:
    """Values from 0 as blocks, means of neighbours where there are more than `width`."""
    parts = [part.mean() for part in np.array_split(np.array(values), min(width, len(values)))]
    top = max(parts) or 1.0
    return "".join(_BLOCKS[min(7, int(8 * value / top))] for value in parts)
