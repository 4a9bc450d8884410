"""Damaged and hostile links: each gives a page and a sentence, no traceback, at the cost of a page."""

import base64
import json
import urllib.error
import urllib.request
import zlib
from urllib.parse import quote, urlencode

import pytest

from orgsim.dashboard.address import pack
from orgsim.dashboard.budget import LIMITS, LONGEST_LINK
from orgsim.dashboard.pages.live import live_of
from orgsim.dashboard.session import Session
from orgsim.language.language import LANGUAGES, Language
from orgsim.scenario.loading import locate, resolve


def own(text):
    """A link with an uploaded scenario whose JSON is this text."""
    return "own=" + base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


def scenario(**tables):
    return "own=" + pack({"extends": "default", **tables})


def change(path, value):
    return urlencode({"set": f"{path}={value}"})


DEFAULT = resolve(locate("default"))
DESIGN = DEFAULT["designs"]["silos"]
DEEP = "[" * 5_000 + "]" * 5_000
TWICE = base64.urlsafe_b64encode(zlib.compress(own('{"extends":"default"}').encode())).decode()

LINKS = {
    # no link at all
    "empty": "",
    "ampersands": "&&&=&=&",
    "percent": "%",
    "percents": "%%%%zz%c3%28",
    "nul": "page=%00",
    "unicode": quote("page=ℓіνе&language=fr\u202e"),
    "surrogate": "scenario=%ed%a0%80",
    "emoji": "lesson=" + quote("🦑" * 60),
    "long": "scenario=" + "x" * 15_000,
    "longer": "lesson=" + "y" * (LONGEST_LINK + 10),
    "semicolons": ";" * 500,
    "parts": "&".join(f"a{i}=1" for i in range(5_000)),
    "again": "&".join(["seed=1"] * 3_000),
    # parts that are what they should not be
    "page": "page=admin",
    "version": "v=99",
    "version_long": "v=" + "9" * 5_000,
    "language": "language=../../etc",
    "theme": "theme=<script>alert(1)</script>",
    "projector": "projector=2",
    "seed": "seed=-1",
    "seed_huge": "seed=" + "9" * 5_000,
    "seed_float": "seed=1e3",
    "seed_nan": "seed=nan",
    "seed_arabic": "seed=" + quote("٣"),
    "day": "day=99999999999999999999",
    "day_far": "day=100000",
    "day_text": "day=soon",
    "worlds": "worlds=1000000",
    "cells": "page=map&cells=99999",
    "measure": "page=map&measure=__class__",
    "ranges": "page=map&ranges=nan,inf,1,2",
    "ranges_turned": "page=map&ranges=5,1,9,2",
    "ranges_huge": "page=map&ranges=-1e308,1e308,-1e308,1e308",
    "factors": "page=map&factors=a,b",
    "factors_same": "page=map&factors=crisis.depth,crisis.depth",
    "votes": "page=lessons&lesson=surge&votes=" + ",".join(["1"] * 4_000),
    "votes_negative": "page=lessons&lesson=surge&votes=-1,0,0",
    "lesson": "page=lessons&lesson=../../../etc/passwd",
    "designs": "designs=silos",
    "designs_same": "designs=silos,silos",
    "designs_unknown": "designs=a,b",
    "designs_many": "designs=" + ",".join(f"d{i}" for i in range(3_000)),
    "scenario": "scenario=nowhere",
    "scenario_path": "scenario=../../../etc/passwd",
    "scenario_nul": "scenario=default%00.toml",
    "lost": "lost=" + quote("<img src=x onerror=alert(1)>") * 50,
    "kernel": "kernelid=abc&modelid=def",
    # changes
    "no_sign": "set=crisis.depth",
    "no_path": "set==1",
    "no_value": "set=crisis.depth=",
    "text": change("crisis.depth", '"deep"'),
    "out_of_range": change("crisis.depth", 7),
    "nan": change("crisis.depth", "NaN"),
    "infinity": change("horizon.weeks", "Infinity"),
    "overflow": change("crisis.depth", "1e999"),
    "digits": change("horizon.weeks", "9" * 4_400),
    "negative": change("horizon.weeks", -5),
    "zero_weeks": change("horizon.weeks", 0),
    "weeks": change("horizon.weeks", 10**9),
    "nested": change("crisis.depth", DEEP),
    "nested_little": change("crisis.depth", "[" * 40 + "]" * 40),
    "list": change("horizon", "[1,2,3]"),
    "null": change("company", "null"),
    "table_as_text": change("designs", '"none"'),
    "unknown": change("crisis.colour", 1),
    "unknown_table": change("x.y.z", 1),
    "dotted": change(".".join("a" * 90), 1),
    "dots": change("....", 1),
    "place": change("designs.0.1", 1),
    "dunder": change("__class__.__init__", 1),
    "escape": change("title", '"\\ud800"'),
    "nul_value": change("title", '"a\\u0000b"'),
    "title": change("title", json.dumps("x" * 4_000)),
    "title_long": change("title", json.dumps("x" * 15_000)),
    "extends": change("extends", '"/etc/passwd"'),
    "extends_list": change("extends", '["default", 5]'),
    "file": change("crisis.file", '"/etc/passwd"'),
    "preset": change("crisis.preset", "5"),
    "file_list": change("crisis.file", '["/etc/passwd"]'),
    "many": "&".join(change(f"a{i}", 1) for i in range(2_000)),
    "staff": change("company.functions.sales.staff", 10**7),
    "needs": change("segments", '{"all": {"customers": 1e308}}'),
    "month": change("horizon.start", '"9999-99"'),
    "month_zero": change("horizon.start", '"0000-01"'),
    "month_long": change("horizon.start", json.dumps("2019-01" * 900)),
    "boolean": change("horizon.weeks", "true"),
    # uploaded scenarios
    "own_text": "own=hello",
    "own_empty": "own=",
    "own_twice": f"own={TWICE}",
    "own_list": own("[1,2]"),
    "own_number": own("9" * 5_000),
    "own_deep": own('{"a":' + DEEP + "}"),
    "own_bomb": own('{"a":"' + "x" * 5_000_000 + '"}'),
    "own_nan": own('{"horizon":{"weeks":NaN}}'),
    "own_bare": own("{}"),
    "own_keys": own(json.dumps({"k" * 50_000: 1})),
    "own_unfinished": own('{"a":'),
    "own_designs": scenario(designs={f"d{i}": DESIGN for i in range(3_000)}),
    "own_one_design": own(json.dumps({**DEFAULT, "designs": {"a": DESIGN}})),
    "own_values": scenario(levers={f"l{i}": {"start_week": 1} for i in range(9_000)}),
    "own_list_of_values": scenario(levers=list(range(50_000))),
    "own_extends_file": own('{"extends":"/etc/passwd.toml"}'),
    "own_extends_itself": own('{"extends":["default","default"]}'),
    "own_needs": scenario(segments={"consumers": {"needs": {"requests": 1e9}}}),
    "own_streams": scenario(streams={"s": {"per_week": 1e12}}),
}


def sentences(session):
    return [message.said(Language(code)) for message in session.messages.peek() for code in LANGUAGES]


def opened(link):
    """The session of a link, its live page's run at its day."""
    session = Session(f"?{link}")
    try:
        live_of(session)
        return session
    finally:
        session.close()


def cases(session):
    """What opening it has cost."""
    return sum(run.core.clock["arrivals"][0] for run in session.live.runs)


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_every_link_opens_a_page(link, caplog):
    """With a sentence of a readable length where something was left out; nothing that nobody has foreseen."""
    session = opened(link)
    assert session.chosen.peek().designs
    assert all(len(text) < 2_000 and "Traceback" not in text for text in sentences(session))
    assert len(session.address.peek().search.encode()) < LONGEST_LINK
    assert cases(session) <= 2 * LIMITS["cases in the whole run"]
    assert caplog.records == []


QUIET = {
    "empty",
    "unicode",
    "emoji",
    "title",
    "month_zero",
    "boolean",
    "ampersands",
    "percent",
    "percents",
    "semicolons",
    "parts",
    "again",
    "kernel",
    "day_far",
    "seed_arabic",
    "own_empty",
    "own_extends_itself",
    "votes_negative",
    "lesson",
    "ranges_turned",
    "ranges_huge",
    "factors",
    "factors_same",
    "measure",
    "cells",
}


@pytest.mark.parametrize("name", [name for name in LINKS if name not in QUIET])
def test_what_was_left_out_is_said(name):
    assert sentences(opened(LINKS[name]))


@pytest.mark.parametrize(
    "name", ["long", "parts", "many", "own_designs", "own_text", "nested", "kernel", "nul"]
)
def test_the_server_answers_every_link(served, name):
    with urllib.request.urlopen(f"{served}?{LINKS[name]}", timeout=60) as answer:
        assert answer.status == 200
        assert "kernelid=" not in answer.url


def test_the_server_says_that_a_link_is_too_long(served):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served}?{LINKS['longer']}", timeout=60)
    assert refused.value.code == 414
    assert "too long" in refused.value.read().decode()


@pytest.mark.parametrize(
    "name",
    [
        "nested",
        "own_designs",
        "escape",
        "month_zero",
        "title",
        "many",
        "votes",
        "theme",
        "kernel",
        "own_streams",
    ],
)
def test_a_hostile_link_in_a_browser(visit, name):
    """The page is there, in French, and can be used."""
    page = visit(f"?language=fr&{LINKS[name]}")
    page.wait_for_selector(".os-stage canvas, .os-lesson, .os-map")
    assert "Traceback" not in page.inner_text("body")
    page.keyboard.press("2")
    page.wait_for_selector(".os-lead")
