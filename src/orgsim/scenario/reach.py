"""Which cases can come at all, and who has work with them: the rest of a scenario changes nothing."""

from orgsim.messages import Message
from orgsim.scenario.schema import Scenario


def cases_that_come(scenario: Scenario) -> frozenset[tuple[str, str]]:
    """Every (case type, segment) of which a case can come: brought by a stream, needed by customers of the
    start or by those whom the company may win, the repeat contact of one that comes, or what follows from
    it."""
    types, segments = scenario.case_types, scenario.segments
    courted = [key for key, segment in segments.items() if segment.share_of_prospects > 0] or list(segments)
    found = {
        (stream.case_type, segment)
        for stream in scenario.streams.values()
        if stream.per_week > 0
        for segment in courted
    }
    served = {key for key, segment in segments.items() if segment.customers > 0}
    quality, arbitration = scenario.frictions.quality, scenario.frictions.arbitration
    defects = quality.defect_rate > 0 or (arbitration.exception_rate > 0 and arbitration.proceed_defect > 0)
    known = -1
    while len(found) > known:
        known = len(found)
        served |= {segment for name, segment in found if types[name].wins_customer}
        found |= {
            (name, key) for key in served for name, per_year in segments[key].needs.items() if per_year > 0
        }
        if defects:
            found |= {(types[name].repeat_as or name, segment) for name, segment in found}
        found |= {
            (follow.case_type, segment)
            for name, segment in found
            for follow in types[name].follows
            if follow.chance > 0
        }
    return frozenset(found)


def types_that_come(scenario: Scenario) -> frozenset[str]:
    """The case types of which a case can come."""
    return frozenset(name for name, _ in cases_that_come(scenario))


def processes_at_work(scenario: Scenario) -> tuple[str, ...]:
    """The processes to which cases can come, in their order."""
    busy = {scenario.case_types[name].process for name in types_that_come(scenario)}
    return tuple(key for key in scenario.processes if key in busy)


def functions_at_work(scenario: Scenario) -> frozenset[str]:
    """The functions that have an activity in a case that can come."""
    coming = types_that_come(scenario)
    return frozenset(activity.function for name in coming for activity in scenario.case_types[name].route)


def functions_apart(scenario: Scenario) -> tuple[str, ...]:
    """The functions to which no work comes, in their order: their people sit apart, alike in every
    design."""
    busy = functions_at_work(scenario)
    return tuple(key for key in scenario.company.functions if key not in busy)


def reach_notes(scenario: Scenario) -> tuple[Message, ...]:
    """Sentences about people without work and kinds of case that never come."""
    notes = []
    for key in functions_apart(scenario):
        if staff := scenario.company.functions[key].staff:
            notes.append(
                Message(
                    "No work comes to company.functions.{key}: its {staff} people sit apart, in a unit of "
                    "their own, alike in every design; what they cost is in every total.",
                    key=key,
                    staff=staff,
                )
            )
    coming = types_that_come(scenario)
    for key in scenario.case_types:
        if key not in coming:
            notes.append(
                Message(
                    "No cases of case_types.{key} come: no segment with customers needs them, no stream "
                    "brings them, they follow from no others. They change nothing.",
                    key=key,
                )
            )
    busy = processes_at_work(scenario)
    for key in scenario.processes:
        if key not in busy:
            notes.append(Message("No cases come to processes.{key}: it changes nothing.", key=key))
    return tuple(notes)
