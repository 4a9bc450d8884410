"""The crisis: an index of demand, 1 in calm, from a shape, a preset or a series of figures."""

from typing import Literal

from pydantic import model_validator

from orgsim.scenario.fields import Table, quantity, text


class Crisis(Table):
    """What happens to every organisation alike."""

    label: str = text("", "name shown to people")
    source: str = text("", "where the figures come from")
    preset: str | None = text(None, "a bundled crisis, which the other fields refine")
    shape: Literal["none", "v", "u", "l", "w", "series"] = text(
        "none",
        "v: fall and return · u: with a floor between · l: no return · w: twice · series: figures",
    )
    depth: float | None = quantity(
        None,
        "share",
        "loss at the deepest point; a series is scaled to it, or taken as it is",
        0,
        1,
    )
    start_week: int = quantity(26, "week", "first week of a shape", 0, 5200)
    duration_weeks: int = quantity(26, "weeks", "from the start to the return (l: of the fall)", 1, 5200)
    file: str | None = text(None, "CSV with the columns month (YYYY-MM) and index")
    first_month: str | None = text(None, "month of the first figure of `change` (YYYY-MM)")
    change: tuple[float, ...] = text((), "monthly change against normal, in per cent")
    baseline: str | None = text(
        None, "year (2019) or month (2020-02) that is normal: each month of a file is divided by the "
        "same month of that year, or by that month"
    )  # fmt: skip
    novelty: float = quantity(
        1.0, "–", "exceptions × (1 + this × loss): new situations need decisions", 0, 20
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Crisis":
        """A figure that would have no effect is a mistake, not a default."""
        given = [name for name in ("depth", "file", "change") if getattr(self, name) not in (None, ())]
        if self.shape == "none" and given:
            shapes = "series" if given != ["depth"] else "v, u, l, w or series, or a preset"
            raise ValueError(f"crisis.{given[0]} has no effect while shape = 'none'; set shape = {shapes}")
        if self.shape != "series" and (self.file is not None or self.change):
            name = "file" if self.file is not None else "change"
            raise ValueError(f"crisis.{name} has no effect with shape = '{self.shape}'; set shape = series")
        if self.shape == "series":
            for name in ("start_week", "duration_weeks"):
                if getattr(self, name) != type(self).model_fields[name].default:
                    raise ValueError(f"crisis.{name} has no effect on a series, whose months are dated")
        if self.baseline is not None and self.file is None:
            raise ValueError("crisis.baseline has no effect without crisis.file; leave it out")
        if self.file is not None and self.change:
            raise ValueError("crisis.file and crisis.change both give figures; keep one of them")
        return self
