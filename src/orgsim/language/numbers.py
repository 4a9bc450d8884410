"""Numbers for people."""

import math


def number(value: float, digits: int = 0, signed: bool = False) -> str:
    """With a thin grouping of thousands and a true minus; a dash where there is no number."""
    if value is None or not math.isfinite(value):
        return "–" if value is None or math.isnan(value) else "∞"
    rounded = round(value, digits) or 0.0
    text = f"{abs(rounded):,.{digits}f}".replace(",", "\u202f")
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def euros(value: float, signed: bool = False) -> str:
    """Euros in the unit that fits: € 1.23 M, € 45 k, € 678."""
    if not math.isfinite(value):
        return "–"
    sign, amount, unit = in_fitting_unit(value, signed)
    return f"{sign}€{amount} {unit}".rstrip()


def in_fitting_unit(value: float, signed: bool = False) -> tuple[str, str, str]:
    """Sign, amount and unit (M, k or none) in which an amount of money reads well."""
    size = abs(value)
    amount, digits, unit = (
        (size / 1e6, 2, "M") if size >= 1e6 else (size / 1e3, 0, "k") if size >= 1e4 else (size, 0, "")
    )
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign, number(amount, digits), unit


def digits_worth(half_width: float, least: int) -> int:
    """Digits after the point of a value whose interval is this wide: `least`, or more up to four, so that a
    narrow interval is not shown as nothing; `least` where four digits would show nothing either."""
    fine = -math.floor(math.log10(half_width)) if 5e-5 <= half_width < math.inf else 0
    return min(4, max(least, fine))
