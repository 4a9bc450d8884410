"""numba's question for a BLAS, put off until somebody multiplies matrices.

When numba loads compiled code it imports the whole of `scipy.linalg` only to learn that it is there, which
takes a sixth of the time in which a command starts. SciPy is a dependency of this package, so the answer is
known; a function that needs a BLAS (a researcher's own rule) still has numba import it when it is compiled.
"""

from typing import Any

from numba.np import linalg as _linalg

linalg: Any = _linalg


def take_blas_for_granted() -> None:
    """Import the part of numba that asks, without the question's cost."""
    asks = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        import numba.np.arraymath  # noqa: F401  (asks while it is imported)
    finally:
        linalg.ensure_blas = asks
