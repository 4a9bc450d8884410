"""Experiments of every sampling, small enough for tests."""

BASE = {
    "title": "A test",
    "scenario": "default",
    "overrides": ["horizon.weeks=6"],
    "designs": ["silos", "teams"],
    "factors": {
        "transfer": {"field": "frictions.handoff.transfer_hours", "low": 0.0, "high": 8.0, "levels": 3},
        "pair": {"field": "frictions.coordination.pair_hours", "low": 0.0, "high": 0.4, "levels": 3},
    },
    "replications": {"min": 2, "max": 4, "base": 6, "decide": ["total_cost"]},
    "measures": ["total_cost", "satisfaction", "retention"],
    "satisficing": {"satisfaction": 50},
}
SAMPLINGS = {
    "grid": {},
    "lhs": {"sampling": "lhs", "samples": 24},
    "morris": {"sampling": "morris", "samples": 4},
    "saltelli": {"sampling": "saltelli", "samples": 8},
    "one-at-a-time": {"sampling": "one-at-a-time"},
}
