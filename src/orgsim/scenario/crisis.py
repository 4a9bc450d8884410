"""A crisis: an index of demand, 1 in calm, from a shape, a preset or a series of figures, and what
else happens as far as it is in force."""

from typing import Literal

from pydantic import model_validator

from orgsim.errors import RuleError
from orgsim.fields import Table, quantity, text
from orgsim.intake.reading import SeriesReading
from orgsim.messages import Message

#: what a crisis may do besides changing demand
EFFECTS = ("contacts", "competition", "staff_loss", "remote_share", "offer_fit", "budget_cut")
#: shapes whose course is given, and not their figures
COURSES = ("v", "u", "l", "w")


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
    file: str | None = text(
        None, "a published series: CSV, XLSX or Parquet with dates and figures, as `orgsim series` reads it"
    )
    reading: SeriesReading = text(SeriesReading(), "how the file is read, where it leaves that open")
    first_month: str | None = text(None, "month of the first figure of `change` (YYYY-MM)")
    change: tuple[float, ...] = text((), "monthly change against normal, in per cent", most=5000)
    baseline: str | None = text(
        None, "year (2019) or month (2020-02) that is normal: each month of a file is divided by the "
        "same month of that year, or by that month"
    )  # fmt: skip
    full_at: float = quantity(
        1.0,
        "share",
        "series: change of the index, up or down, at which the effects below are full; less in proportion "
        "(1: demand is gone or has doubled)",
        0.01,
        10,
    )
    novelty: float = quantity(
        1.0,
        "–",
        "exceptions × (1 + this × size of the shock): new situations need decisions",
        0,
        20,
    )

    demand: float = quantity(1.0, "×", "how far demand and spending follow the index", 0, 5)
    processes: tuple[str, ...] | Literal["all"] = text("all", "processes whose cases it changes")
    segments: tuple[str, ...] | Literal["all"] = text("all", "segments that it hits")
    contacts: dict[str, float] = text({}, "cases at full effect relative to calm, by case type")
    aftermath_weeks: float = quantity(
        0.0, "weeks", "half-life of the contacts once the worst is over; 0: they follow the index", 0, 520,
        "French travel mediation: 8,667 cases before, 18,332 in 2020, still about 18,000 in 2022–23",
    )  # fmt: skip
    competition: float = quantity(
        1.0, "×", "leaving at full effect, from a competitor's attack", 0.1, 20,
        "Free Mobile 2012: incumbents lost 2.6 to 3.2 % of customers a month",
    )  # fmt: skip
    staff_loss: float = quantity(0.0, "share", "of staff absent at full effect", 0, 0.9)
    remote_share: float = quantity(0.0, "share", "of time worked from home at full effect", 0, 1)
    offer_fit: float = quantity(0.0, "share", "of the offer's fit lost, at full effect, as needs jump", 0, 1)
    budget_cut: float = quantity(
        0.0, "share", "of staff cut as the crisis deepens, in all at full effect", 0, 0.9
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Crisis":
        """A figure that would have no effect is a mistake, not a default."""
        figures = ("depth", "file", "change", *EFFECTS)
        given = [name for name in figures if getattr(self, name) != type(self).model_fields[name].default]
        if self.shape == "none" and given:
            dated = "file" in given or "change" in given
            shapes = "series" if dated else Message("v, u, l, w or series, or a preset")
            raise RuleError(
                "crisis.{name} has no effect while shape = 'none'; set shape = {shapes}",
                name=given[0],
                shapes=shapes,
            )
        if self.shape != "series" and (self.file is not None or self.change):
            name = "file" if self.file is not None else "change"
            raise RuleError(
                "crisis.{name} has no effect with shape = '{shape}'; set shape = series",
                name=name,
                shape=self.shape,
            )
        if self.shape == "series":
            for name in ("start_week", "duration_weeks"):
                if getattr(self, name) != type(self).model_fields[name].default:
                    raise RuleError(
                        "crisis.{name} has no effect on a series, whose months are dated", name=name
                    )
        elif self.full_at != type(self).model_fields["full_at"].default:
            raise RuleError(
                "crisis.full_at has an effect on a series only: a shape's effects are full at its deepest "
                "point"
            )
        if self.shape in COURSES and self.depth is None and not self.model_fields_set & {"novelty", *EFFECTS}:
            raise RuleError(
                "crisis.depth is missing: a crisis of shape '{shape}' needs a depth from 0 to 1",
                shape=self.shape,
            )
        if self.baseline is not None and self.file is None:
            raise RuleError("crisis.baseline has no effect without crisis.file; leave it out")
        if self.file is None and self.reading != SeriesReading():
            raise RuleError("crisis.reading has no effect without crisis.file; leave it out")
        if self.file is not None and self.change:
            raise RuleError("crisis.file and crisis.change both give figures; keep one of them")
        return self
