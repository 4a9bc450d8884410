"""Keyed randomness: a draw is a function of who, and on which occasion, never of when it is made.

Every key is a 64-bit word; `derive` makes a key's children; the draw functions turn a derived key
into a number. Two organisations under one seed therefore live in the same world: common random numbers by
construction, in any order, on any number of workers.

The mixing function is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA).
Only `math` is used for transcendental functions, so that compiled and plain Python give the same bits.
"""

import math

import numpy as np

from orgsim.kernel.compiled import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S12 = np.uint64(12)
_UNIT = 2.0**-52
_HALF_UNIT = 2.0**-53

#: the largest seed: what keeps its digits in JSON and wherever else results go
LARGEST_SEED = 2**53

CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL = 0, 1, 2, 3


@compiled
def mix(word):
    """Scramble a 64-bit word (SplitMix64 finaliser)."""
    word = (word ^ (word >> _S30)) * _M1
    word = (word ^ (word >> _S27)) * _M2
    return word ^ (word >> _S31)


@compiled
def derive(key, occasion):
    """The child of `key` for an occasion (an integer ≥ 0)."""
    return mix(key + (np.uint64(occasion) + np.uint64(1)) * GOLDEN)


@compiled
def uniform(word):
    """Uniform on (0, 1), never 0 and never 1, from a derived key: the middles of 2^52 equal parts, each of
    which is a number of 53 bits, so that nothing is rounded."""
    return float(word >> _S12) * _UNIT + _HALF_UNIT


@compiled
def exponential(word):
    """Exponential with mean 1, by inversion."""
    return -math.log(uniform(word))


@compiled
def _central(q):
    r = 0.180625 - q * q
    above = (
        ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
        + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r
        + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    )  # fmt: skip
    below = (
        ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
        + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r
        + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0
    )  # fmt: skip
    return q * above / below


@compiled
def _tail(p):
    r = math.sqrt(-math.log(p))
    if r <= 5.0:
        r -= 1.6
        above = (
            ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
            + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
            + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
            + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        )  # fmt: skip
        below = (
            ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
            + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
            + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
            + 2.05319162663775882187e0) * r + 1.0
        )  # fmt: skip
        return above / below
    r -= 5.0
    above = (
        ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
        + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
        + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
        + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    )  # fmt: skip
    below = (
        ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
        + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
        + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
        + 5.99832206555887937690e-1) * r + 1.0
    )  # fmt: skip
    return above / below


@compiled
def normal(word):
    """Standard normal by inversion of one uniform (algorithm AS 241, Wichura 1988; about 1e-16)."""
    p = uniform(word)
    q = p - 0.5
    if abs(q) <= 0.425:
        return _central(q)
    if q < 0.0:
        return -_tail(p)
    return _tail(1.0 - p)


def log_spread(cv):
    """Standard deviation of the logarithm of a lognormal with this coefficient of variation."""
    return math.sqrt(math.log(1.0 + cv * cv))


@compiled
def lognormal(word, mean, spread):
    """Lognormal with the given mean; `spread` is `log_spread(cv)`."""
    if spread <= 0.0:
        return mean
    return mean * math.exp(spread * (normal(word) - 0.5 * spread))


@compiled
def gamma(word, mean, cv):
    """Gamma with the given mean and coefficient of variation (Marsaglia & Tsang 2000)."""
    if cv <= 0.0:
        return mean
    shape = 1.0 / (cv * cv)
    scale = mean / shape
    boost = 1.0
    if shape < 1.0:
        boost = math.exp(-exponential(derive(word, 0)) / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = word
    while True:
        attempt = derive(attempt, 1)
        x = normal(derive(attempt, 2))
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if math.log(uniform(derive(attempt, 3))) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
                return scale * boost * d * v


@compiled
def duration(word, family, mean, spread):
    """A duration of the given family with the given mean. `spread` is the coefficient of variation of
    a gamma and `log_spread(cv)` of a lognormal."""
    if family == EXPONENTIAL:
        return mean * exponential(word)
    if family == LOGNORMAL:
        return lognormal(word, mean, spread)
    if family == GAMMA:
        return gamma(word, mean, spread)
    return mean
