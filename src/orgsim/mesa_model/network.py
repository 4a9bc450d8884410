"""Who knows whom, as one of Mesa's networks."""

import networkx
import numpy as np
from mesa.discrete_space import Network

from orgsim.errors import OrgsimError
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.model import OrganisationModel
from orgsim.organisation.acquaintance import ties_between_groups


def network_of_ties(model: OrganisationModel, at_least: float = 0.5) -> Network:
    """The ties of now as a `mesa.discrete_space.Network`: a cell for every group in which people sit, with
    its people as agents, numbered as the core's groups, and an edge, with its `weight`, between two groups
    that know each other, in the mean of both sides, `at_least` so well (0 to 1).

    It is a picture of the moment: it does not follow the model. OrgsimError for a limit outside 0 to 1."""
    if not 0.0 <= at_least <= 1.0:
        raise OrgsimError("at_least = {value}, but ties go from 0 to 1", value=at_least)
    graph = networkx.Graph()
    known = ties_between_groups(model.core, model.staff.seats)
    mutual = 0.5 * (known + known.T)
    graph.add_nodes_from(np.flatnonzero(~np.isnan(np.diag(mutual))).tolist())
    for one, other in zip(*np.nonzero(np.triu(mutual >= at_least, 1)), strict=True):
        graph.add_edge(int(one), int(other), weight=float(mutual[one, other]))
    network = Network(graph, random=model.random)
    seated = model.core.members["group"]
    for member in model.agents_by_type[StaffMember]:
        network[int(seated[member.row])].add_agent(member)
    return network
