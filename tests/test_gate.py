"""The gate: what is too deep, too large, too long or no text is refused in one line, and quickly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim import gate
from orgsim.errors import OrgsimError, ScenarioError, short

PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"],
                                                                  exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
)  # fmt: skip


@given(PLAIN)
def test_what_is_plain_passes_unchanged(value):
    assert gate.json_value(json.dumps(value), "file") == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 500 + "]" * 500, "nested more than 32 deep"),
        ("a = " + "[" * 50_000, "nested more than 32 deep"),
        ("a = " + "{a=" * 400 + "1" + "}" * 400, "nested more than 32 deep"),
        ("a" + ".a" * 50_000 + " = 1", "nested more than 32 deep"),
        ("a" + " . a" * 50_000 + " = 1", "nested more than 32 deep"),
        ("[" + "a." * 50_000 + "a]", "nested more than 32 deep"),
        ('"\\"".' * 50_000 + "a = 1", "nested more than 32 deep"),
        ("a = " + "9" * 4400, "thousands of digits"),
        ("[b]\na = 0x" + "f" * 4400, "b.a is a number above 64 bits"),
        ("k" * 256 + " = 1", "a key of 256 characters; shorten it to 200"),
        ("a = [\n" + "1,\n" * gate.MOST_VALUES + "]", "more than 200,000 values"),
        ('a = "\\u0000"', "holds a character that no text may hold"),
        ("a = ", "is not valid TOML"),
        ("a\r = 1", "is not valid TOML"),
    ],
    ids=range(14),
)
def test_tables_beyond_the_limits_are_refused(text, message):
    with pytest.raises(ScenarioError, match=message) as refused:
        gate.toml_tables(text, "own.toml")
    assert str(refused.value).startswith("own.toml: ")
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '"\\ud800"', "1" * 5000, '{"a": 1', b"\xff\xff\xff\xff", "1e"]
)
def test_json_beyond_the_limits_is_refused(text):
    with pytest.raises(ScenarioError):
        gate.json_value(text, "store.json")


def test_a_mapping_that_holds_itself_is_refused():
    tables = {}
    tables["again"] = tables
    with pytest.raises(ScenarioError, match="nested"):
        gate.plain(tables, "scenario")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.4", 0.4),
        ("[1, 2]", [1, 2]),
        ("silos", "silos"),
        ("[1,", "[1,"),
        ("1\nb = 2", "1\nb = 2"),
        ("", ""),
    ],
)
def test_values_are_read_as_toml_or_text(text, value):
    assert gate.toml_value(text, "--set a") == value


@pytest.mark.parametrize("text", ["9" * 5000, "[" * 500 + "]" * 500, "a\0b"])
def test_no_value_beyond_the_limits_passes_as_text(text):
    with pytest.raises(ScenarioError, match="--set a: "):
        gate.toml_value(text, "--set a")


@pytest.mark.parametrize("name", ["a\0b.toml", "x" * 300 + ".toml", "\ud800.toml"])
def test_paths_that_no_file_can_have(tmp_path, name):
    assert not gate.is_file(tmp_path / name)
    with pytest.raises(ScenarioError) as refused:
        gate.read_toml(tmp_path / name)
    assert len(str(refused.value)) < 400


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a.toml").symlink_to(tmp_path / "b.toml")
    (tmp_path / "b.toml").symlink_to(tmp_path / "a.toml")
    assert not gate.is_file(tmp_path / "a.toml")
    with pytest.raises(ScenarioError, match="is no path"):
        gate.full_path(tmp_path / "a.toml")


def test_files_are_read_to_their_limit(tmp_path):
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (gate.LARGEST + 1))
    with pytest.raises(ScenarioError, match="is larger than 2 MB"):
        gate.read_toml(file)
    file.write_bytes("\ufefftitle = 'é'".encode())
    assert gate.read_toml(file) == {"title": "é"}


@given(st.text(), st.integers(1, 500))
def test_messages_are_short(text, times):
    message = str(OrgsimError((text + "\n") * times))
    assert len(message.split("\n")) <= 11
    assert all(len(line) <= 500 for line in message.split("\n"))


def test_a_long_line_keeps_its_remedy():
    message = str(OrgsimError("own.toml: " + "x" * 10_000 + " is too long; shorten it"))
    assert message.startswith("own.toml: x")
    assert message.endswith("; shorten it")
    assert short("a\nb\x1b[2J") == "a b\N{REPLACEMENT CHARACTER}[2J"


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\ud800"])
def test_what_is_read_as_another_text_is_refused(letter):
    with pytest.raises(ScenarioError, match="holds a character that no text may hold"):
        gate.plain({"designs": {f"a{letter}b": {}}}, "own.toml")
