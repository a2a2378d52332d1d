"""What a team file says and nobody will ever notice: routes that are never reached, people who are never asked."""

from dialogs.desk.team import Route
from dialogs.desk.team_file.context import NOBODY, Context


def look_at_routes(routes: tuple[Route, ...], context: Context) -> None:
    """Warn of everything that makes no difference; not before all can be read, as what is missing may be just that."""
    if not routes or context.report.has_errors:
        return
    for number, route in enumerate(routes):
        before = next((one for one in routes[:number] if _takes_all(one, route)), None)
        if before is not None:
            message = f'this route is never reached: "{before.name}" in line {before.place.line} takes all of its leads'
            context.report.warn(route.place, message)
    if not any(route.when is None and not route.handoffs and not route.scripts for route in routes):
        cure = f'end with "- to: everybody", or "- to: {NOBODY}" for the usual channel'
        context.report.warn(routes[-1].place, f"no route takes the leads that match none of these; {cure}")
    reached = {key for route in routes if route.offer_to for key in route.members}
    for key, place in context.people.items():
        if key not in reached:
            context.report.warn(place, f'"{key}" is never offered a lead: no route leads there')
    _look_at_groups(routes, context)


def _look_at_groups(routes: tuple[Route, ...], context: Context) -> None:
    for key, people in context.groups.items():
        if people and not any(set(people) <= set(route.members) for route in routes):
            context.report.warn(context.group_places[key], f'no route leads to the group "{key}"')


def _takes_all(first: Route, second: Route) -> bool:
    """Whether the first of two routes matches whenever the second does."""
    return (
        _covers(first.handoffs, second.handoffs)
        and _covers(first.scripts, second.scripts)
        and (first.when is None or (second.when is not None and first.when.source == second.when.source))
    )


def _covers(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether names, of which none stands for all, are among the first."""
    return not first or bool(second and second <= first)
