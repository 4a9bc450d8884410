"""What one visitor may take: limits of size, of queues, of messages, each said with its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.dashboard import budget
from orgsim.dashboard.address import Address, pack, read
from orgsim.dashboard.budget import LIMITS, MOST_CHANGES, check_queues, check_tables
from orgsim.dashboard.choosing import choose, read_upload
from orgsim.dashboard.live import Live
from orgsim.dashboard.messages import InputError, Message, message_of
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.scenario.loading import locate, resolve

DESIGN = resolve(locate("default"))["designs"]["silos"]


def tables(designs):
    return {"extends": "default", "designs": {f"d{n}": DESIGN for n in range(designs)}}


def test_thousands_of_designs_are_refused_before_they_are_looked_at():
    for many in (tables(3_000), {"designs": dict.fromkeys(range(3_000))}):
        with pytest.raises(InputError, match=f"3000 designs, at most {LIMITS['designs']}"):
            check_tables(many)
    with pytest.raises(InputError, match="designs"):
        choose(Address(own=pack(tables(300))))
    assert len(choose(Address(own=pack(tables(3)))).settings.designs) == 5


@given(
    st.recursive(
        st.integers(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    )
)
def test_every_value_is_counted(value):
    def count(one):
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
        return 1 + sum(count(part) for part in inner)

    assert budget._values(value) == count(value)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"horizon.weeks": 530}, "weeks"),
        ({"company.functions.sales.staff": 5_000}, "staff"),
        ({"segments.small.customers": 250_000}, "customers"),
        ({"segments.small.needs.request": 400.0}, "cases a week"),
        ({"segments.small.customers": 150_000, "horizon.weeks": 450}, "cases in the whole run"),
    ],
)
def test_what_is_too_large_is_said_with_its_bound(changes, what):
    with pytest.raises(InputError, match=f"{what}, at most {LIMITS[what]}") as refused:
        choose(Address(changes=tuple(changes.items())))
    french = message_of(refused.value).said(Language("fr"))
    assert Language("fr")(what) in french
    assert what not in french


def test_queues_without_end_are_stopped(monkeypatch):
    """Customers who never give up, and nobody who could serve them all."""
    monkeypatch.setattr(budget, "MOST_OPEN_CASES", 1_000)
    changes = (
        ("mechanisms.impatience", False),
        ("company.functions.finance.staff", 1),
        ("horizon.weeks", 60),
    )
    live = Live(choose(Address(changes=changes)), 1)
    with pytest.raises(InputError, match="cases are open"):
        live.go_to(60 * 5 * 8)
    assert max(run.open_cases for run in live.runs) < 5_000
    check_queues("A", 1_000)


def test_a_link_changes_only_so_many_fields():
    reading = read("?" + "&".join(f"set=a{n}%3D1" for n in range(MOST_CHANGES + 5)))
    assert len(reading.address.changes) == MOST_CHANGES
    assert str(MOST_CHANGES) in reading.problems[0].said(Language("en"))


@pytest.mark.parametrize(
    "content",
    [
        "start = 2019-01-01",
        "at = 07:30:00",
        "a = nan",
        "a = inf",
        "a = 1e999",
        f"a = {'9' * 5000}",
        "a = " + "[" * 3_000,
        "a" + ".a" * 3_000 + " = 1",
        "x = 1\n" * 2,
        "extends = 5",
        "designs = 7",
        "\0",
        "[crisis]\nfile = ['a']",
    ],
)
def test_an_upload_that_no_field_takes_is_one_sentence(content):
    with pytest.raises(OrgsimError) as refused:
        choose(Address(own=pack(read_upload(content.encode()))))
    assert len(message_of(refused.value).said(Language("fr"))) < 600


def test_a_message_is_never_longer_than_a_screen():
    said = Message("There is no field “{path}” in this scenario.", {"path": "y" * 10**6})
    assert len(said.said(Language("fr"))) < 600
