"""The rows of `orgsim verify` from queueing theory."""

from functools import cache, partial

from scipy.optimize import brentq

from orgsim.messages import Message
from orgsim.verification import oracles
from orgsim.verification.frictions import friction_rows
from orgsim.verification.row import UNIT, Row, abandonment, chance_of_waiting, mean_wait, time_in_system

_WEEK = 40.0 / UNIT


def _per_week(rate: float, stream: str = "jobs") -> str:
    return f"streams.{stream}.per_week={rate * _WEEK!r}"


_LOAD = 3.2 / 3  # of each of the three processes


@cache
def _silo_time(surge: float = 0.0) -> float:
    return 3.0 * (1.0 + oracles.mmc_wait(_LOAD * (3.0 + surge), 1.0, 4))


@cache
def _team_time(surge: float = 0.0) -> float:
    surged = _LOAD * (1.0 + surge)
    times = 2.0 * _LOAD * oracles.erlang_work_time(_LOAD, 4, 3)
    times += surged * oracles.erlang_work_time(surged, 4, 3)
    return times / (2.0 * _LOAD + surged)


@cache
def break_even_slowdown() -> float:
    """The slowdown of generalists at which teams take as long as silos."""
    return float(brentq(lambda x: oracles.erlang_work_time(_LOAD, 4, 3, 1.0 + x) - _silo_time(), 0.0, 0.1))


def _slowed() -> tuple[str, ...]:
    slow = f'distribution="exponential", hours={UNIT * (1 + break_even_slowdown())!r}'
    return tuple(
        f"case_types.{name}.route=["
        + ", ".join(f'{{function="{function}", {slow}}}' for function in order)
        + "]"
        for name, order in (("one", "abc"), ("two", "bca"), ("three", "cab"))
    )


def _one_station(rate: float, servers: int) -> tuple[str, ...]:
    return (_per_week(rate), f"company.functions.desk.staff={servers}")


def _queue_rows() -> list[Row]:
    rows = [
        Row(Message("M/M/{servers}, λ = {rate}", servers=c, rate=rate), "mean wait",
            "one-station", "queue", mean_wait,
            partial(oracles.mmc_wait, rate, 1, c),
            (*_one_station(rate, c), f"horizon.weeks={weeks}"))
        for rate, c, weeks in ((2, 3, 20), (8, 10, 21))
    ]  # fmt: skip
    rows.append(
        Row("M/M/50, λ = 48", "P(wait)", "one-station", "queue", chance_of_waiting,
            lambda: oracles.erlang_c(48, 1, 50), (*_one_station(48, 50), "horizon.weeks=4"))
    )  # fmt: skip
    for label, squared, weeks, override in (
        (
            "constant",
            0,
            30,
            'case_types.job.route=[{function="desk", hours=0.002, distribution="constant"}]',
        ),
        ("c² = 1", 1, 80, None),
        (
            "c² = 4",
            4,
            130,
            'case_types.job.route=[{function="desk", hours=0.002, distribution="gamma", cv=2}]',
        ),
    ):
        rows.append(
            Row(Message("M/G/1, ρ = .8, {label}", label=Message(label)), "mean wait",
                "general-work", "queue", mean_wait,
                partial(oracles.mg1_wait, 0.8, squared),
                (*((override,) if override else ()), f"horizon.weeks={weeks}"))
        )  # fmt: skip
    return rows


def _impatience_rows() -> list[Row]:
    small = ("company.functions.desk.staff=10", _per_week(20), "horizon.weeks=2")
    return [
        Row("M/M/50+M, λ = 48, θ = .5", "P(abandon)", "impatience", "queue", abandonment,
            lambda: oracles.erlang_a(48, 1, 50, 0.5)[0]),
        Row("M/M/50+M, λ = 48, θ = .5", "mean wait", "impatience", "queue", mean_wait,
            lambda: oracles.erlang_a(48, 1, 50, 0.5)[1]),
        Row("M/M/10+M, λ = 20, θ = .5", "P(abandon)", "impatience", "queue", abandonment,
            lambda: oracles.erlang_a(20, 1, 10, 0.5)[0], small),
    ]  # fmt: skip


def _network_rows() -> list[Row]:
    rows = []
    for share, weeks in ((0.0, 8), (0.1, 24), (0.2, 90)):
        loop = (
            'case_types.job.route=[{function="first", hours=0.002, distribution="exponential"}, '
            '{function="second", hours=0.002, distribution="exponential", '
            f"return_probability={share}, return_to=1}}]"
        )
        rows.append(
            Row(Message("Two departments, {share:.0%} sent back", share=share), "time in system",
                "tandem", "departments",
                time_in_system, partial(oracles.tandem_time, 0.7, share),
                (loop, f"horizon.weeks={weeks}"))
        )  # fmt: skip
    rows.append(
        Row("Two departments and an arbiter", "time in system", "arbiter", "departments",
            time_in_system, lambda: oracles.arbiter_time(1, 0.2, 2, 1, 2))
    )  # fmt: skip
    return rows


def _structure_rows() -> list[Row]:
    surge = (
        'crisis.shape="series"', 'crisis.first_month="2019-01"', "crisis.change=[20.0]",
        "case_types.one.crisis_sensitivity=1.0",
    )  # fmt: skip
    return [
        Row("Three functions: silos", "time in system", "three-functions", "silos", time_in_system,
            _silo_time, ("horizon.weeks=4",)),
        Row("Three functions: teams of generalists", "time in system", "three-functions", "teams",
            time_in_system, _team_time, ("horizon.weeks=2",)),
        Row("Teams at their break-even slowdown", "time in system", "three-functions", "teams",
            time_in_system, _silo_time, (*_slowed(), "horizon.weeks=3")),
        Row("Three functions: one pool", "time in system", "three-functions", "pool", time_in_system,
            lambda: oracles.erlang_work_time(3.2, 12, 3), ("horizon.weeks=2",)),
        Row("Surge of 20 % in one process: silos", "time in system", "three-functions", "silos",
            time_in_system, lambda: _silo_time(0.2), (*surge, "horizon.weeks=6")),
        Row("Surge of 20 % in one process: teams", "time in system", "three-functions", "teams",
            time_in_system, lambda: _team_time(0.2), (*surge, "horizon.weeks=20"), precision=0.035),
    ]  # fmt: skip


def _loaded(utilisation: float, weeks: int) -> tuple[str, ...]:
    return (_per_week(utilisation), f"horizon.weeks={weeks}")


def _serial_time(utilisation: float) -> float:
    return 3.0 / (1.0 - utilisation)


def _worker_rows() -> list[Row]:
    rows = []
    for rho, serial, workers in ((0.5, 4, 2), (0.8, 24, 9), (0.9, 62, 72)):
        rows += [
            Row(Message("Three specialists in series, ρ = {load}", load=rho), "time in system",
                "case-workers",
                "specialists", time_in_system, partial(_serial_time, rho), _loaded(rho, serial)),
            Row(Message("Three case workers, ρ = {load}", load=rho), "time in system",
                "case-workers", "workers",
                time_in_system, partial(oracles.erlang_work_time, rho, 3, 3), _loaded(rho, workers)),
        ]  # fmt: skip
    constant = "case_types.job.route=[" + ", ".join(
        f'{{function="{f}", hours=0.002, distribution="constant"}}' for f in "abc"
    ) + "]"  # fmt: skip
    rows += [
        Row("Three specialists, constant work, ρ = .8", "time in system", "case-workers",
            "specialists", time_in_system, lambda: oracles.constant_series_time(0.8, 3),
            (constant, "horizon.weeks=6")),
        Row("Three case workers, constant work, ρ = .8", "time in system", "case-workers",
            "workers", time_in_system, lambda: 3.0 + oracles.mdc_wait(0.8, 3, 3.0),
            (constant, "horizon.weeks=5")),
    ]  # fmt: skip
    return rows


def exact_rows() -> list[Row]:
    """All rows with an exact value."""
    return [
        *_queue_rows(), *_impatience_rows(), *_network_rows(), *_structure_rows(), *_worker_rows(),
        *friction_rows(),
    ]  # fmt: skip
