"""The scenario of a page: changes, uploads as data only, and what would be too much for a page."""

import tomllib

import pytest

from orgsim.dashboard.address import Address, pack
from orgsim.dashboard.choosing import as_toml, bundled, choose, read_upload, with_value
from orgsim.dashboard.messages import InputError
from orgsim.errors import OrgsimError
from orgsim.scenario import load

ALL = [name for members in bundled().values() for name in members]


@pytest.mark.parametrize("name", ALL)
def test_every_scenario_that_is_offered_can_be_chosen_and_downloaded(name):
    chosen = choose(Address(scenario=name))
    assert len(set(chosen.designs)) == 2
    assert load(tomllib.loads(as_toml(chosen.settings))) == chosen.settings


def test_changes_lie_on_top_of_the_scenario():
    address = Address().changed("frictions.handoff.transfer_hours", 9.5)
    address = address.changed("case_types.enquiry.route.1.hours", 7)
    chosen = choose(address)
    assert chosen.settings.frictions.handoff.transfer_hours == 9.5
    assert chosen.settings.case_types["enquiry"].route[1].hours == 7
    assert chosen.base == load("default")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"a = [", "not valid TOML"),
        (b'extends = "../../secret"', "bundled scenarios only"),
        (b'extends = ["default", "/etc/passwd.toml"]', "bundled scenarios only"),
        (b'extends = "default"\n[crisis]\nshape = "series"\nfile = "/etc/passwd"', "from a file"),
        (b'extends = "default"\n[crises.x]\nfile = "y.csv"', "from a file"),
        (b"#" * 300_000, "too large"),
    ],
)
def test_an_upload_is_data_only(content, message):
    with pytest.raises(OrgsimError, match=message):
        read_upload(content)


def test_a_link_names_no_file_either():
    with pytest.raises(InputError, match="from a file"):
        choose(Address().changed("crisis.file", "/etc/passwd"))
    with pytest.raises(InputError, match="bundled scenarios only"):
        choose(Address().changed("extends", "/tmp/x.toml"))
    with pytest.raises(InputError, match="no bundled crisis"):
        choose(Address().changed("crisis.preset", "../../x"))
    with pytest.raises(InputError, match="no scenario"):
        choose(Address(scenario="../../../etc/hosts"))
    with pytest.raises(InputError, match="bundled scenarios only"):
        choose(Address(own=pack({"extends": "/tmp/x.toml"})))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("horizon.weeks", 5000),
        ("company.functions.sales.staff", 50_000),
        ("segments.small.customers", 3_000_000),
    ],
)
def test_what_would_stop_the_server_is_refused(path, value):
    with pytest.raises(InputError, match="Too large"):
        choose(Address().changed(path, value))


def test_designs_must_be_two_of_the_scenario():
    with pytest.raises(InputError, match="not two"):
        choose(Address(designs=("silos", "nowhere")))
    with pytest.raises(InputError, match="not two"):
        choose(Address(designs=("silos", "silos")))


def test_a_path_that_leads_nowhere_is_said():
    with pytest.raises(InputError, match="no field"):
        with_value({"a": [1]}, "a.5", 2)
