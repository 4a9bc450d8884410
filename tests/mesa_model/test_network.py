"""Mesa's network of ties: a cell for each group, everybody in one, and an edge where both sides know each
other well enough."""

import numpy as np
import pytest

from orgsim import OrganisationModel
from orgsim.errors import OrgsimError
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.network import network_of_ties
from orgsim.organisation.acquaintance import ties_between_groups


@pytest.fixture(scope="module")
def model():
    return OrganisationModel(design="silos", overrides=["horizon.weeks=2"], rng=1)


def test_everybody_is_in_the_cell_of_the_own_group(model):
    network = network_of_ties(model)
    seated = {member: cell for cell in network.G for member in network[cell].agents}
    assert set(seated) == set(model.agents_by_type[StaffMember])
    assert all(int(model.core.members["group"][member.row]) == cell for member, cell in seated.items())


def test_edges_are_the_pairs_that_know_each_other_well_enough(model):
    known = ties_between_groups(model.core, model.staff.seats)
    graph = network_of_ties(model, at_least=0.6).G
    for one in graph:
        for other in graph:
            if one < other:
                mutual = np.mean([known[one, other], known[other, one]])
                assert graph.has_edge(one, other) == (mutual >= 0.6)
                if graph.has_edge(one, other):
                    assert graph.edges[one, other]["weight"] == pytest.approx(mutual)


def test_the_higher_the_limit_the_fewer_edges(model):
    edges = [network_of_ties(model, limit).G.number_of_edges() for limit in (0.0, 0.4, 0.6, 1.0)]
    assert edges == sorted(edges, reverse=True)
    assert edges[0] > edges[2] > edges[3] == 0


def test_a_limit_that_no_tie_can_reach_is_refused(model):
    with pytest.raises(OrgsimError, match=r"at_least = 2.*from 0 to 1"):
        network_of_ties(model, at_least=2)
