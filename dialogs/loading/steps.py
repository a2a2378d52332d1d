"""One reader for each kind of step."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from dialogs.conditions import Expression
from dialogs.loading.choices import read_choices
from dialogs.loading.constants import read_values
from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.header import read_said_picture
from dialogs.loading.nodes import Mapping as MappingNode
from dialogs.loading.nodes import Node, Scalar
from dialogs.loading.outline import COMMON_KEYS, Sketch
from dialogs.script import (
    AnyStep,
    AskStep,
    BranchStep,
    CallStep,
    Case,
    ConsentStep,
    DisqualifyStep,
    EndStep,
    GoStep,
    HandoffStep,
    LinkSpec,
    OfferStep,
    Place,
    ReturnStep,
    SayStep,
    SetStep,
    TagStep,
    VariantStep,
    WaitStep,
)
from dialogs.texts import Text

MOST_ATTEMPTS = 20
LONGEST_GATHER_SECONDS = 60
LONGEST_WAIT_SECONDS = 366 * 86_400

_LINK = re.compile(r"(?:https?://[^\s{}/]+(?:[/?#].*)?|mailto:\S.*|tel:\S.*)", re.IGNORECASE | re.DOTALL)
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/\S*)?")

_BELONGS = {
    "choices": ("say",),
    "free": ("say",),
    "links": ("say",),
    "picture": ("say", "ask"),
    "alt": ("say", "ask"),
    "text": ("ask", "consent", "offer", "handoff", "disqualify"),
    "optional": ("ask",),
    "again": ("ask",),
    "attempts": ("ask",),
    "retry": ("ask",),
    "gather": ("ask",),
    "version": ("consent",),
    "yes": ("consent",),
    "no": ("consent",),
    "arms": ("variant",),
    "because": ("handoff",),
}
"""Keys that only some kinds of steps have; for errors."""
_ELSEWHERE = {key: " and ".join(f'"{kind}"' for kind in kinds) for key, kinds in _BELONGS.items()}
_ELSEWHERE["why"] = '"consent" and to what stands under "fields:"'


class Common(TypedDict):
    """What every step has."""

    id: str
    next: str
    when: Expression | None
    otherwise: str | None
    persona: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class StepReading:
    """One step while it is read."""

    context: Context
    cursor: Cursor
    sketch: Sketch
    common: Common

    @property
    def value(self) -> str:
        """What stands after the step's kind, which must be a text; "" and an error if it is none."""
        cursor, kind = self.cursor, self.sketch.kind
        return (cursor.text(kind) if cursor.need(kind, "…") else None) or ""

    def text(self, key: str) -> Text | None:
        """A message."""
        return self.context.text(self.cursor, key)

    def target(self, key: str) -> str | None:
        """A step to go to."""
        return self.context.target(self.cursor, key, self.sketch.within)


def read_steps(context: Context) -> dict[str, AnyStep]:
    """Every step, by id, each linked to the one after it."""
    steps: dict[str, AnyStep] = {}
    for sketches in context.outline.lists.values():
        following = [sketch.id for sketch in sketches[1:]]
        for sketch, after in zip(sketches, (*following, ""), strict=False):
            steps[sketch.id] = _read_step(context, sketch, after)
    return steps


def _read_step(context: Context, sketch: Sketch, after: str) -> AnyStep:
    cursor = Cursor(sketch.mapping, context.report, f'"{sketch.kind}"')
    common = Common(
        id=sketch.id,
        next=after,
        when=context.condition(cursor, "when"),
        otherwise=context.target(cursor, "else", sketch.within),
        persona=context.persona(cursor, "persona"),
        place=sketch.mapping.place,
    )
    cursor.text("step")
    if cursor.has("else") and not cursor.has("when"):
        context.report.error(cursor.key_place("else"), '"else" needs a "when"')
    step = _READERS[sketch.kind](StepReading(context, cursor, sketch, common))
    cursor.finish(_ELSEWHERE, COMMON_KEYS)
    return step


def _say(step: StepReading) -> SayStep:
    picture, alt = read_said_picture(step.cursor, step.context)
    return SayStep(
        **step.common,
        text=step.context.needed_text(step.cursor, "say", "Hello!"),
        choices=read_choices(step.cursor, step.context, step.sketch.within),
        free=step.target("free"),
        picture=picture,
        alt=alt,
        links=_links(step),
    )


def _links(step: StepReading) -> tuple[LinkSpec, ...]:
    links = []
    for item in step.cursor.items("links"):
        if example := _link_meant(item):
            step.context.report.error(item.place, f"a link is written {example}")
            continue
        cursor = cursor_of(item, step.context.report, "a link")
        if cursor is None:
            continue
        label = step.context.needed_text(cursor, "label", "Prices")
        url = step.context.needed_text(cursor, "url", "https://example.com/prices")
        _check_address(cursor, url)
        cursor.finish()
        links.append(LinkSpec(label=label, url=url))
    return tuple(links)


def _link_meant(item: Node) -> str | None:
    """How a link should have been written that is an address alone, or an address after its label."""
    if isinstance(item, Scalar) and not item.is_empty:
        return f"{{label: Prices, url: {shortened(item.text)}}}"
    if isinstance(item, MappingNode) and len(item.entries) == 1:
        ((label, entry),) = item.entries.items()
        if label not in ("label", "url") and isinstance(entry.value, Scalar) and _LINK.fullmatch(entry.value.text):
            return f"{{label: {shortened(label)}, url: {shortened(entry.value.text)}}}"
    return None


def _check_address(cursor: Cursor, url: Text) -> None:
    """The scheme and host of a link are the author's own: nothing a visitor typed may decide where it leads."""
    node = cursor.node("url")
    written = [entry.value for entry in node.entries.values()] if isinstance(node, MappingNode) else [node]
    for one in written:
        if isinstance(one, Scalar) and url.by_language and not _LINK.fullmatch(one.text.strip()):
            message = "a link begins with https://, http://, mailto: or tel:, and its host is written out"
            if _BARE_HOST.fullmatch(one.text.strip()):
                message = f'write "https://{shortened(one.text.strip())}"'
            cursor.report.error(one.place, f'"{shortened(one.text)}" is no link: {message}')


def _ask(step: StepReading) -> AskStep:
    field, cursor, report = step.value, step.cursor, step.context.report
    if field:
        step.context.fields.check(field, cursor.place_of("ask"), report)
    most, way_out = _attempts(step)
    gather = cursor.seconds("gather") or 0.0
    if gather > LONGEST_GATHER_SECONDS:
        cursor.error("gather", f'"gather" is at most {LONGEST_GATHER_SECONDS} seconds')
    picture, alt = read_said_picture(cursor, step.context)
    return AskStep(
        **step.common,
        field=field,
        text=step.text("text"),
        again=cursor.flag("again"),
        optional=cursor.flag("optional"),
        attempts=most,
        way_out=way_out,
        retry=step.text("retry"),
        gather_seconds=gather,
        picture=picture,
        alt=alt,
    )


def _attempts(step: StepReading) -> tuple[int, str | None]:
    """How often to ask, and where to go then: ``2``, ``{most: 2, go: x}``, ``{most: 2, then: {go: x}}``."""
    node, default = step.cursor.node("attempts"), 3
    if not isinstance(node, MappingNode):
        return step.cursor.whole("attempts", 1, MOST_ATTEMPTS) or default, None
    cursor = Cursor(node, step.context.report, '"attempts"')
    most = cursor.whole("most", 1, MOST_ATTEMPTS) or default
    key = "then" if cursor.has("then") else "go"
    way_out = step.context.target(cursor, key, step.sketch.within)
    cursor.has("go")
    cursor.finish()
    return most, way_out


def _consent(step: StepReading) -> ConsentStep:
    cursor = step.cursor
    purpose = step.value
    if purpose:
        step.context.purpose(purpose, cursor.place_of("consent"))
    text = step.context.needed_text(cursor, "text", "May we write to you now and then?")
    version = cursor.text("version") or wording_version(text)
    return ConsentStep(
        **step.common,
        purpose=purpose,
        text=text,
        version=version,
        yes=step.text("yes"),
        no=step.text("no"),
        why=step.text("why"),
    )


def wording_version(text: Text) -> str:
    """The version of a consent's wording: it changes with the words of any language."""
    wording = "\0".join(f"{language}\0{text.by_language[language].source}" for language in sorted(text.by_language))
    return hashlib.sha256(wording.encode()).hexdigest()[:12]


def _offer(step: StepReading) -> OfferStep:
    magnet = step.value
    if magnet:
        step.context.magnets.check(magnet, step.cursor.place_of("offer"), step.context.report)
    return OfferStep(**step.common, magnet=magnet, text=step.text("text"))


def _go(step: StepReading) -> GoStep:
    target = step.target("go") if step.cursor.need("go", "name_of_a_step") else None
    return GoStep(**step.common, target=target or "")


def _branch(step: StepReading) -> BranchStep:
    cases: list[Case] = []
    items = step.cursor.items("branch") if step.cursor.need("branch", "[{when: …, go: …}]") else []
    for number, item in enumerate(items, 1):
        cursor = cursor_of(item, step.context.report, "a case of the branch")
        if cursor is None:
            continue
        when = step.context.condition(cursor, "when")
        target = step.context.target(cursor, "go", step.sketch.within) if cursor.need("go", "name_of_a_step") else None
        if not cursor.has("when") and number < len(items):
            step.context.report.error(cursor.place, 'a case without "when" always holds; it must be the last one')
        cursor.finish()
        cases.append(Case(when, target or ""))
    return BranchStep(**step.common, cases=tuple(cases))


def _call(step: StepReading) -> CallStep:
    dialog, outline = step.value, step.context.outline
    first = ""
    if dialog in outline.dialogs:
        sketches = outline.lists.get(dialog)
        first = sketches[0].id if sketches else ""
    elif dialog:
        step.context.check_dialog(dialog, step.cursor.place_of("call"))
    return CallStep(**step.common, dialog=dialog, first=first)


def _return(step: StepReading) -> ReturnStep:
    if step.sketch.within is None:
        step.context.report.error(step.cursor.key_place("return"), '"return" belongs in a sub-dialog; here, use "end"')
    if step.cursor.node("return") is not None:
        step.cursor.error("return", '"return" has nothing after it')
    return ReturnStep(**step.common)


def _set(step: StepReading) -> SetStep:
    return SetStep(**step.common, values=read_values(step.cursor, "set", step.context))


def _wait(step: StepReading) -> WaitStep:
    seconds = step.cursor.seconds("wait") if step.cursor.need("wait", "2 days") else None
    if seconds is not None and seconds > LONGEST_WAIT_SECONDS:
        step.cursor.error("wait", "a wait is at most a year")
    return WaitStep(**step.common, seconds=seconds or 0.0)


def _variant(step: StepReading) -> VariantStep:
    name, context = step.value, step.context
    known = bool(name) and context.experiments.check(name, step.cursor.place_of("variant"), context.report)
    ways: dict[str, str] = {}
    arms = step.cursor.cursor("arms", '"arms"')
    for arm, place, node in arms.entries() if arms else ():
        if known:
            context.check_arm(name, arm, place)
        target = context.target_at(node, step.sketch.within, f'"{shortened(arm)}"')
        if target is not None:
            ways[arm] = target
    return VariantStep(**step.common, experiment=name, ways=ways)


def _tag(step: StepReading) -> TagStep:
    cursor, report = step.cursor, step.context.report
    node = cursor.node("tag")
    if not isinstance(node, MappingNode):
        cursor.need("tag", "hot")
        return TagStep(**step.common, add=step.context.tags(cursor, "tag"))
    both = Cursor(node, report, '"tag"')
    add, remove = step.context.tags(both, "add"), step.context.tags(both, "remove")
    both.finish()
    return TagStep(**step.common, add=add, remove=remove)


def _handoff(step: StepReading) -> HandoffStep:
    target = step.value
    because = step.cursor.text("because") or f'Came to the step "{step.sketch.id}"'
    return HandoffStep(**step.common, to=target, because=because, text=step.text("text"))


def _disqualify(step: StepReading) -> DisqualifyStep:
    return DisqualifyStep(**step.common, because=step.value, text=step.text("text"))


def _end(step: StepReading) -> EndStep:
    said = step.text("end") if step.cursor.node("end") is not None else None
    return EndStep(**step.common, text=said)


_READERS: Mapping[str, Callable[[StepReading], AnyStep]] = {
    "say": _say,
    "ask": _ask,
    "consent": _consent,
    "offer": _offer,
    "go": _go,
    "branch": _branch,
    "call": _call,
    "return": _return,
    "set": _set,
    "wait": _wait,
    "variant": _variant,
    "tag": _tag,
    "handoff": _handoff,
    "disqualify": _disqualify,
    "end": _end,
}
