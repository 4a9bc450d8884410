"""Keyed randomness: a draw is a function of who, and on which occasion, never of when it is made.

Every key is a 64-bit word; `derive` makes a key's children; the draw functions turn a key into a
number. Two organisations under one seed therefore live in the same world: common random numbers by
construction, in any order, on any number of workers.

The mixing function is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA).
Only `math` is used for transcendental functions, so that compiled and plain Python give the same bits.
"""

import math

import numpy as np

from orgsim.compiled import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S11 = np.uint64(11)
_UNIT = 2.0**-53
_HALF_UNIT = 2.0**-54

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
def uniform(key):
    """Uniform on (0, 1), never 0 and never 1."""
    return float(mix(key) >> _S11) * _UNIT + _HALF_UNIT


@compiled
def exponential(key):
    """Exponential with mean 1, by inversion."""
    return -math.log(uniform(key))


@compiled
def normal(key):
    """Standard normal (Box & Muller 1958)."""
    radius = math.sqrt(-2.0 * math.log(uniform(key)))
    return radius * math.cos(2.0 * math.pi * uniform(key + GOLDEN))


@compiled
def lognormal(key, mean, cv):
    """Lognormal with the given mean and coefficient of variation."""
    if cv <= 0.0:
        return mean
    variance = math.log(1.0 + cv * cv)
    return mean * math.exp(math.sqrt(variance) * normal(key) - 0.5 * variance)


@compiled
def gamma(key, mean, cv):
    """Gamma with the given mean and coefficient of variation (Marsaglia & Tsang 2000)."""
    if cv <= 0.0:
        return mean
    shape = 1.0 / (cv * cv)
    scale = mean / shape
    boost = 1.0
    if shape < 1.0:
        boost = math.exp(-exponential(derive(key, 0)) / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    attempt = key
    while True:
        attempt = derive(attempt, 1)
        x = normal(derive(attempt, 2))
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if math.log(uniform(derive(attempt, 3))) < 0.5 * x * x + d * (1.0 - v + math.log(v)):
                return scale * boost * d * v


@compiled
def duration(key, family, mean, cv):
    """A duration of the given family (CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL), in units of `mean`."""
    if family == EXPONENTIAL:
        return mean * exponential(key)
    if family == LOGNORMAL:
        return lognormal(key, mean, cv)
    if family == GAMMA:
        return gamma(key, mean, cv)
    return mean


@compiled
def poisson(key, mean):
    """Poisson count by inversion of one uniform: monotone in `mean`, so that a shift in demand keeps
    the pairing. Meant for small means (below about 30)."""
    if mean <= 0.0:
        return 0
    left = uniform(key)
    term = math.exp(-mean)
    count = 0
    while left > term and count < 1000:
        left -= term
        count += 1
        term *= mean / count
    return count
