"""The events of a page's components: what goes wrong in one is told on the page, never silent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

import reacton.core
import solara

P = ParamSpec("P")
Act = Callable[[Any], Any]
Teller = Callable[[Exception], None]


def _raise(error: Exception) -> None:
    raise error


#: whom an event of a component tells what went wrong: the session of the page that it stands on
TELLER: reacton.core.UserContext[Teller] = solara.create_context(_raise)


def vue(path: str) -> Callable[[Callable[P, None]], Callable[P, solara.Element]]:
    """A component of a .vue file beside the function that declares what it is given; its `event_…` tell the
    page's session what goes wrong."""

    def declare(function: Callable[P, None]) -> Callable[P, solara.Element]:
        make = solara.component_vue(path, vuetify=False)(function)

        @wraps(function)
        def component(*args: P.args, **kwargs: P.kwargs) -> solara.Element:
            tell = reacton.core.get_context(TELLER)
            given: Any = {
                name: _told(cast(Act, value), tell) if name.startswith("event_") else value
                for name, value in kwargs.items()
            }
            return make(*args, **given)

        return component

    return declare


def _told(act: Act, tell: Teller) -> Callable[..., None]:
    def run(data: Any = None) -> None:
        try:
            act(data)
        except Exception as error:
            tell(error)

    return run
