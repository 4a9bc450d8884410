"""The model as a Mesa page, for researchers: `solara run app.py`.

One organisation at a time, with Mesa's own controls. Two organisations side by side, in two languages and
offline, are the dashboard's: `orgsim dashboard`.
"""

import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

from orgsim import OrganisationModel
from orgsim.mesa_model.agents import Unit

PARAMETERS = {
    "source": {
        "type": "Select",
        "value": "default",
        "values": ["default", "french-hospitality-2020", "k-recovery", "frictionless"],
        "label": "Scenario",
    },
    "design": {"type": "Select", "value": "silos", "values": ["silos", "teams"], "label": "Design"},
    "rng": {"type": "SliderInt", "value": 1, "min": 0, "max": 99, "step": 1, "label": "Seed"},
}


@solara.component
def Queues(model: OrganisationModel) -> None:
    """Cases that wait, by unit."""
    update_counter.get()  # drawn anew after every step
    units = model.agents_by_type[Unit].get(["name", "waiting"])
    figure = Figure(figsize=(6, 3.5), layout="constrained")
    axes = figure.subplots()
    axes.barh([name for name, _ in units], [waiting for _, waiting in units], color="#0072B2")
    axes.invert_yaxis()
    axes.set_xlabel("cases that wait")
    solara.FigureMatplotlib(figure)


page = SolaraViz(
    OrganisationModel(source="default", design="silos", rng=1),
    components=[
        Queues,
        make_plot_component("open_cases"),
        make_plot_component("satisfaction"),
        make_plot_component("result"),
    ],
    model_params=PARAMETERS,
    name="orgsim",
)
page  # noqa: B018 – Mesa's convention: the page is the module's last expression
