"""What merges with what is extended is named."""

from orgsim.scenario.inheritance import merged_tables, own_layers, written
from orgsim.scenario.loading import layers_of

OWN = """
title = "Own"
extends = "default"
{directive}
[company.functions]
sales = {{ staff = 30 }}
claims = {{ staff = 100 }}
contact = {{ staff = 77 }}
[segments.private]
customers = 1000
"""


def of(tmp_path, text, *overrides):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return {merged.table: merged for merged in merged_tables(layers_of(path, overrides))}


def test_a_company_that_keeps_the_functions_and_customers_of_another_is_told(tmp_path):
    found = of(tmp_path, OWN.format(directive=""))
    functions = found["company.functions"]
    assert functions.new == ("claims", "contact")
    assert functions.changed == ("sales",)
    assert len(functions.kept) == 7
    assert functions.origins == ("default",)
    assert str(functions) == (
        "company.functions: 8 from 'default' "
        "(marketing, product, it, legal, finance, operations, service, sales), "
        "1 of them changed here (sales), 2 new here (claims, contact); 308 staff in all"
    )
    assert "13000 customers in all" in str(found["segments"])
    assert set(found) == {"company.functions", "segments"}


def test_what_is_replaced_does_not_merge(tmp_path):
    assert of(tmp_path, OWN.format(directive="replace = ['company.functions', 'segments']")) == {}


def test_tables_inside_entries_merge_too(tmp_path):
    text = "extends = 'default'\n[segments.small.needs]\nrequest = 2.0"
    found = of(tmp_path, text, "streams.more={case_type='request', per_week=3}")
    assert found["segments.small.needs"].changed == ("request",)
    assert "complaint" in found["segments.small.needs"].kept
    assert found["streams"].new == ("more",)


def test_own_is_what_is_not_bundled(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("extends = 'six-designs'\n[horizon]\nweeks = 3", encoding="utf-8")
    assert [layer.name for layer in own_layers(layers_of(path, ["people.turnover=0"]))] == [
        str(path),
        "--set",
    ]
    assert written(layers_of(path, ["people.turnover=0"])) == {
        "horizon": {"weeks": 3},
        "people": {"turnover": 0},
    }
    assert [layer.name for layer in own_layers(layers_of("six-designs"))] == ["six-designs"]
    assert merged_tables(layers_of("six-designs"))[0].origins == ("default",)
