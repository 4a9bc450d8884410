"""A session under fire: pages are drawn, clocks play, and events come from other threads, all at once."""

import threading
import time

from orgsim.dashboard.session import Session


def test_changes_while_it_plays_end_the_play_at_once():
    """Nobody waits for anybody: the page's lock and the run's are never held together by the player."""
    from orgsim.dashboard.pages.live import Desk, live_of

    session = Session("?set=horizon.weeks%3D20")
    live = live_of(session)
    desk = Desk(session, live)

    class Widget:
        pass

    desk.attach(stage=Widget(), controls=Widget(), measures=Widget())
    page = threading.RLock()
    session.address.subscribe(lambda _: page.acquire() and page.release())
    live.speed = 5.0
    live.play()
    time.sleep(0.4)
    with page:  # as if the page were being drawn
        started = time.monotonic()
        live.pause()
    assert time.monotonic() - started < 1.0
    desk.numbers()
    assert session.address.peek().day == live.day > 0
    session.close()
