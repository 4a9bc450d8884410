"""The address: what a page shows survives the way through a link, and a broken link breaks nothing."""

from hypothesis import given
from hypothesis import strategies as st

from orgsim.dashboard.address import PAGES, Address, pack, read, unpack

NAMES = st.text(st.characters(whitelist_categories=["L", "N"]), min_size=1, max_size=12)
#: what a text may hold
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
VALUES = st.one_of(
    st.booleans(), st.integers(-1000, 1000), st.floats(-1e6, 1e6), TEXTS,
    st.lists(NAMES, max_size=3),
)  # fmt: skip
ADDRESSES = st.builds(
    Address,
    page=st.sampled_from(PAGES),
    language=st.sampled_from(["en", "fr"]),
    scenario=NAMES,
    changes=st.lists(st.tuples(NAMES, VALUES), max_size=4, unique_by=lambda pair: pair[0]).map(tuple),
    designs=st.lists(NAMES, min_size=2, max_size=2, unique=True).map(tuple),
    seed=st.integers(0, 2**31),
    day=st.integers(0, 100_000),
    theme=st.sampled_from(["light", "dark"]),
    projector=st.booleans(),
    lesson=NAMES,
    votes=st.lists(st.integers(0, 50), min_size=3, max_size=3).map(tuple),
    worlds=st.integers(0, 1000),
    factors=st.lists(NAMES, min_size=2, max_size=2).map(tuple),
    ranges=st.one_of(st.just(()), st.tuples(*[st.floats(-1e6, 1e6)] * 4)),
    cells=st.integers(0, 100),
    measure=NAMES,
)


@given(ADDRESSES)
def test_a_link_restores_everything(address):
    reading = read(address.search)
    assert reading.address == address
    assert reading.problems == ()


@given(st.text(max_size=200))
def test_no_link_breaks_the_page(text):
    reading = read("?" + text)
    assert isinstance(reading.address, Address)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_an_uploaded_scenario_fits_into_a_link(tables):
    assert unpack(pack(tables)) == tables


def test_what_is_broken_is_said_and_left_out():
    reading = read("?v=9&page=nowhere&seed=-4&day=soon&set=crisis.depth&own=%%%&language=fr&ranges=0,1,0,inf")
    assert reading.address == Address(language="fr")
    assert len(reading.problems) == 7


def test_a_packed_scenario_cannot_blow_up():
    """A small link that would unpack to hundreds of megabytes is refused."""
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b'{"a":"' + b"x" * 50_000_000 + b'"}')).decode()
    assert read(f"?own={bomb}").address.own == ""


def test_a_changed_field_replaces_what_it_was_and_can_be_taken_back():
    address = (
        Address().changed("crisis.depth", 0.2).changed("levers.a.start_week", 4).changed("crisis.depth", 0.3)
    )
    assert dict(address.changes) == {"crisis.depth": 0.3, "levers.a.start_week": 4}
    assert dict(address.restored("levers.a").changes) == {"crisis.depth": 0.3}


def test_what_nobody_knows_is_told():
    """A field without `set=`, a part with a slip of the pen: not a silently different company."""
    found = read("?v=1&page=compare&horizon.weeks=20&wurlds=50&set=horizon.weeks%3D30")
    assert [problem.values for problem in found.problems] == [
        {"name": "horizon.weeks", "value": "20"},
        {"name": "wurlds", "value": "50"},
    ]
    assert found.address.changes == (("horizon.weeks", 30),)
    many = read("?" + "&".join(f"x{number}=1" for number in range(50)))
    assert len(many.problems) == 3
