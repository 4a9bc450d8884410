"""A company that plain Python lives through in a moment."""

SMALL = (
    "horizon.weeks=3",
    "people.turnover=0",
    *(f"company.functions.{name}.staff=3" for name in (
        "marketing", "sales", "product", "it", "legal", "finance", "operations", "service")),
    *(f"segments.{name}.customers=200" for name in ("small", "medium", "key")),
    "remove=['streams']",
)  # fmt: skip
