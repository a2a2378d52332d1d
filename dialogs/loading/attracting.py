"""The teasers of a script, the acts that its pages report, and its looks."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dialogs.attracting import PAGE_ACT, Audience, Cap, Moments, Teaser, Until, Visits
from dialogs.desk.hours import ALWAYS, Schedule
from dialogs.loading.context import FIELD_NAME, Context, is_language, no_language
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Listing, Node, Scalar
from dialogs.loading.nodes import Mapping as MappingNode
from dialogs.loading.other_words import meant, ours
from dialogs.loading.times import read_days, read_hours, read_zone
from dialogs.looks import COLOUR_NAMES, COLOURS, LEGIBLE, PLAIN, Look, colour_of, contrast
from dialogs.source import CLICK_IDS
from dialogs.spelling import did_you_mean
from dialogs.texts import Text

TEASERS_MOST = 20
"""More of them a visitor's browser is not told of."""
CHOICES_MOST = 4
"""Buttons of one teaser: it is small."""
PAGE_ACTS_DECLARED_MOST = 50
PATTERNS_MOST = 20
TEXT_MOST = 200
"""Characters of a teaser's words: it is read in passing."""

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_MOMENTS = ("seen_for", "scrolled", "leaving", "idle_for", "did")
_CONDITIONS = ("visit", "hours", "dates", "time_zone", "language", *UTM, "referrer", "campaign", "click_id")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}", re.ASCII)
_PATTERN = re.compile(r"[^\s*]*(?:\*[^\s*]*){0,5}")
_LONGEST_PATTERN = 200
_WORDS = {"once": 1, "twice": 2, "three times": 3}
_CAP = re.compile(r"(once|twice|three times|([1-9]\d{0,2}) times?)(?: (?:a|per) (visit|day))?")
_CAP_SHAPES = '"once a visit", "twice a day" or "3 times"'
_HOURS_SHAPES = 'is "open" or "closed" (the team\'s), or hours of its own such as {mon-fri: "09:00-17:00"}'
_NOT_AMONG_CONDITIONS = {
    **dict.fromkeys(("pages", "not_on"), "the teaser itself"),
    **dict.fromkeys(("from", "to"), '"dates:"'),
    "days": '"hours:", such as {mon-fri: "00:00-24:00"}, or to "dates:"',
}
"""Keys that belong elsewhere than to ``only_if``, and where."""
_VISIT = re.compile(r"([1-9]\d{0,2})(\+| or more)?")
_VISIT_SHAPES = "first, returning, a number such as 3 (the third), or 3+"
_RADIUS = re.compile(r"(\d{1,2})(?:px)?")
_FONT = re.compile(r"""[\w ,'"-]{1,200}""")
_RGB = re.compile(r"rgba?\((\d{1,3})[, ]+(\d{1,3})[, ]+(\d{1,3})(?:[, /]+[\d.%]+)?\)", re.ASCII)
_HASH = re.compile(r"#[0-9a-fA-F]*")
_REGULAR = re.compile(r"^\^|\$$|\\|[/)\]]\.[*+]|\(\?")
_TIMES = re.compile(r"([1-9]\d{0,2}) ?[x×]?|[x×] ?([1-9]\d{0,2})", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3}) ?%?")


def read_page_acts(root: Cursor, context: Context) -> tuple[str, ...]:
    """The acts that pages may report."""
    acts = root.names("page_acts")
    for act in acts:
        if not FIELD_NAME.fullmatch(act):
            name = re.sub(r"\W+", "_", act.removeprefix(PAGE_ACT)).strip("_")
            cure = f', did you mean "{name}"?' if FIELD_NAME.fullmatch(name) else ": use letters, digits and _"
            root.error("page_acts", f'"{shortened(act)}" is no name for an act{cure}')
    if len(acts) > PAGE_ACTS_DECLARED_MOST:
        root.error("page_acts", f"a page may report {PAGE_ACTS_DECLARED_MOST} acts at most, these are {len(acts)}")
    return tuple(dict.fromkeys(acts))


def read_attract(root: Cursor, context: Context, acts: tuple[str, ...]) -> tuple[Teaser, ...]:
    """Every teaser, each with a name of its own."""
    teasers: dict[str, Teaser] = {}
    items = root.items("attract")
    if len(items) > TEASERS_MOST:
        root.error("attract", f"there may be {TEASERS_MOST} teasers at most, these are {len(items)}")
    for number, item in enumerate(items, 1):
        cursor = cursor_of(item, context.report, 'an entry of "attract"')
        if cursor is None:
            continue
        teaser = _teaser(cursor, context, acts, number)
        if teaser.name in teasers:
            cursor.error("name", f'there is a teaser "{teaser.name}" already; give this one a name of its own')
        teasers[teaser.name] = teaser
    return tuple(teasers.values())


def _teaser(cursor: Cursor, context: Context, acts: tuple[str, ...], number: int) -> Teaser:
    name = cursor.text("name")
    if name is not None and not _NAME.fullmatch(name):
        cursor.error("name", f'"{shortened(name)}" is no name for a teaser: use small letters, digits, - and _')
    pages, not_on = _patterns(cursor, "pages", is_page=True), _patterns(cursor, "not_on", is_page=True)
    moments, audience = _moments(cursor, context, acts), _audience(cursor, context)
    text, choices = context.text(cursor, "tease"), _choices(cursor, context)
    opens, persona = cursor.flag("open"), context.persona(cursor, "persona")
    wait = cursor.seconds("wait") or 0.0
    caps, until = _caps(cursor), _until(cursor)
    cursor.finish(elsewhere=dict.fromkeys(_MOMENTS, '"when:"') | dict.fromkeys(_CONDITIONS, '"only_if:"'))
    if choices and text is None:
        context.report.error(cursor.key_place("choices"), '"choices" stand under a teaser; it needs "tease"')
    if text is not None and opens:
        context.report.error(cursor.key_place("open"), 'either "tease" or "open": a chat that opens needs no teaser')
    for one in text.by_language.values() if text is not None else ():
        if len("".join(one.pieces)) > TEXT_MOST:
            cursor.error("tease", f"a teaser is read in passing: {TEXT_MOST} characters at most")
    if wait > 3600:
        cursor.error("wait", "nobody waits for a teaser for more than an hour")
    return Teaser(
        name=name or f"teaser-{number}",
        pages=pages,
        not_on=not_on,
        moments=moments,
        audience=audience,
        text=text,
        choices=choices,
        persona=persona,
        opens=opens,
        wait=wait,
        caps=caps or (Cap(1, "visit"),),
        until=until,
        place=cursor.place,
    )


def _patterns(cursor: Cursor, key: str, *, is_page: bool) -> tuple[str, ...]:
    """Texts in which ``*`` stands for anything."""
    patterns = cursor.names(key, ", ")
    if len(patterns) > PATTERNS_MOST:
        cursor.error(key, f'"{key}" may have {PATTERNS_MOST} entries at most, these are {len(patterns)}')
    for pattern in patterns:
        if not pattern or len(pattern) > _LONGEST_PATTERN or not _PATTERN.fullmatch(pattern):
            shape = "no spaces, at most five *, at most 200 characters"
            cursor.error(key, f'"{shortened(pattern)}" is no pattern: {shape}')
        elif is_page and "://" in pattern:
            cursor.error(key, f'write the page without "{pattern.partition("://")[0]}://", such as /pricing*')
        elif is_page and _REGULAR.search(pattern):
            plainly = re.sub(r"\.[*+]", "*", pattern.strip("^$")).replace("\\", "")
            message = f'"{shortened(pattern)}" is a regular expression; pages are written plainly'
            cursor.report.warn(cursor.place_of(key), f"{message}, * stands for anything: {shortened(plainly)}")
        elif is_page and not pattern.startswith(("/", "*")) and "/" not in pattern:
            cursor.error(key, f'"{shortened(pattern)}" is no page: write its path (/…), or host/path')
        elif key == "referrer" and (host := urlsplit(pattern if "//" in pattern else f"//{pattern}").netloc) != pattern:
            cursor.report.warn(cursor.place_of(key), f'a referrer is a host alone: write "{shortened(host)}"')
    return patterns


def _moments(cursor: Cursor, context: Context, acts: tuple[str, ...]) -> Moments:
    node = cursor.node("when")
    if isinstance(node, Scalar):
        shapes = "{seen_for: 20 seconds} or {leaving: yes}"
        moment = ours(node.text, _MOMENTS) or node.text
        cure = f"write {{{moment}: yes}}" if moment == "leaving" else f"write such as {shapes}"
        cursor.error("when", f'"{shortened(node.text)}" is no moment for a teaser; {cure}')
        return Moments()
    when = cursor.cursor("when", '"when"')
    if when is None:
        return Moments()
    scrolled, did = when.text("scrolled"), when.names("did")
    percent = _PERCENT.fullmatch(scrolled) if scrolled is not None else None
    if scrolled is not None and (percent is None or not 1 <= int(percent[1]) <= 100):
        cure = ", did you mean 50%?" if scrolled.strip() in ("half", "0.5", ".5", "1/2") else ""
        when.error("scrolled", f'"scrolled" is a part of the page such as 60%, not "{shortened(scrolled)}"{cure}')
        percent = None
    for act in did:
        if act not in acts:
            cure = did_you_mean(act, acts) or '; name it under "page_acts:"'
            when.error("did", f'no page reports "{shortened(act)}"{cure}')
    moments = Moments(
        seen_for=when.seconds("seen_for"),
        scrolled=None if percent is None else int(percent[1]),
        leaving=when.flag("leaving"),
        idle_for=when.seconds("idle_for"),
        did=did,
    )
    when.finish()
    return moments


def _audience(cursor: Cursor, context: Context) -> Audience:
    only = cursor.cursor("only_if", '"only_if"')
    if only is None:
        return Audience()
    source = {key: _patterns(only, key, is_page=False) for key in (*UTM, "referrer", "campaign") if only.has(key)}
    clicks = only.names("click_id")
    for click in clicks:
        if click not in ("*", *CLICK_IDS):
            cure = did_you_mean(click, CLICK_IDS) or f'; there are {", ".join(CLICK_IDS)}, and "*" for any'
            only.error("click_id", f'"{shortened(click)}" is no click id{cure}')
    languages = only.names("language")
    for language in languages:
        if not is_language(language):
            only.error("language", no_language(language))
    hours, times, zone = _times(only)
    audience = Audience(
        visits=_visits(only),
        hours=hours,
        times=times,
        zone=zone,
        languages=languages,
        source=source | ({"click_id": CLICK_IDS if "*" in clicks else clicks} if clicks else {}),
    )
    only.finish(elsewhere=_NOT_AMONG_CONDITIONS)
    return audience


def _times(only: Cursor) -> tuple[bool | None, Schedule | None, ZoneInfo | None]:
    """When: within the team's hours or outside of them, within hours and days of its own, and by whose clock."""
    node, hours, own = only.node("hours"), None, None
    if isinstance(node, MappingNode):
        own = read_hours(only, only.report)
    elif isinstance(node, Listing):
        only.error("hours", f'"hours" {_HOURS_SHAPES}, not a list')
    elif (word := only.text("hours")) is not None:
        if word not in ("open", "closed"):
            only.error("hours", f'"hours" {_HOURS_SHAPES}, not "{shortened(word)}"')
        hours = word == "open"
    dates = read_days(only, only.report, "dates", may_be_open=True) if only.has("dates") else None
    zone = read_zone(only)
    if only.has("time_zone") and not isinstance(node, MappingNode) and dates is None:
        message = '"time_zone" goes with "dates" or with hours of its own; the team\'s go by the team\'s clock'
        only.report.error(only.key_place("time_zone"), message)
    if own is None and dates is None:
        return hours, None, zone
    return hours, Schedule(hours=own or ALWAYS, only=dates), zone


def _visits(only: Cursor) -> Visits | None:
    text = only.text("visit")
    if text is None:
        return None
    if text in ("first", "returning"):
        return Visits(1, 1) if text == "first" else Visits(2, None)
    found = _VISIT.fullmatch(text)
    if found is None:
        only.error("visit", f'"visit" is {_VISIT_SHAPES}, not "{shortened(text)}"')
        return None
    return Visits(int(found[1]), None if found[2] else int(found[1]))


def _choices(cursor: Cursor, context: Context) -> tuple[Text, ...]:
    node = cursor.node("choices")
    if node is None:
        return ()
    items = cursor.items("choices") if isinstance(node, Listing) else [node]
    if len(items) > CHOICES_MOST:
        cursor.error("choices", f"a teaser has room for {CHOICES_MOST} choices, these are {len(items)}")
    texts = (_choice(item, context) for item in items)
    return tuple(text for text in texts if text is not None)


def _choice(item: Node, context: Context) -> Text | None:
    """The words of a choice; it has nothing else, unlike one of a step."""
    if isinstance(item, MappingNode):
        is_step_like = "label" in item.entries or any(
            isinstance(one.value, MappingNode) for one in item.entries.values()
        )
        if is_step_like:
            message = "a teaser's choice is its words alone: they begin the talk, and lead where they lead there"
            context.report.error(item.place, message)
            return None
    return context.text_at(item, "a choice")


def _caps(cursor: Cursor) -> tuple[Cap, ...]:
    caps: dict[str, Cap] = {}
    for text in cursor.names("at_most"):
        found = _CAP.fullmatch(text.strip().lower())
        if found is None:
            times = _TIMES.fullmatch(text.strip())
            number = (times[1] or times[2]) if times else None
            told = "once" if number == "1" else f"{number} times"
            told = told if number else text.strip().lower().replace("session", "visit")
            cure = f', did you mean "{told}"?' if _CAP.fullmatch(told) else f"; write {_CAP_SHAPES}"
            cursor.error("at_most", f'"{shortened(text)}" is not how often{cure}')
            continue
        within = found[3] or "ever"
        if within in caps:
            said = "in all" if within == "ever" else f"a {within}"
            cursor.error("at_most", f'"at_most" says twice how often {said}; keep one of the two')
        caps[within] = Cap(int(found[2]) if found[2] else _WORDS[found[1]], within)
    return tuple(caps.values())


def _until(cursor: Cursor) -> Until:
    text = cursor.text("until")
    if text is None or text in tuple(Until):
        return Until(text) if text else Until.CLOSED
    cure = meant(text, tuple(Until)) or f"; there are {', '.join(Until)}"
    cursor.error("until", f'unknown end "{shortened(text)}"{cure}')
    return Until.CLOSED


def read_look(root: Cursor, context: Context) -> Look:
    """Colours, corners and letters."""
    cursor = root.cursor("look", '"look"')
    if cursor is None:
        return PLAIN
    colours = {name: _colour(cursor, name) for name in COLOURS}
    radius, font = cursor.text("radius"), cursor.text("font")
    corners = _RADIUS.fullmatch(radius) if radius is not None else None
    if radius is not None and (corners is None or int(corners[1]) > 40):
        cursor.error("radius", f'"radius" is a number of pixels from 0 to 40, such as 12px, not "{shortened(radius)}"')
        corners = None
    if font is not None and not _FONT.fullmatch(font):
        cursor.error("font", f'"{shortened(font)}" is no list of fonts; write such as: Inter, Arial, sans-serif')
    cursor.finish()
    look = Look(**colours, radius=None if corners is None else f"{corners[1]}px", font=font)
    for over, under, what in (("on_accent", "accent", "buttons"), ("text", "surface", "messages")):
        one, other = colours[over], colours[under]
        if one and other and (found := contrast(one, other)) < LEGIBLE:
            message = f"{what} are hard to read: {one} on {other} has a contrast of {found:.1f}, {LEGIBLE} is needed"
            context.report.warn(cursor.place_of(over), message)
    return look


def _colour(cursor: Cursor, key: str) -> str | None:
    if cursor.has(key) and cursor.node(key) is None:
        message = f'"#" begins a comment in YAML; put the colour in quotes: {key}: "#0b6b57"'
        cursor.report.error(cursor.key_place(key), message)
        return None
    text = cursor.text(key)
    if text is None:
        return None
    colour = colour_of(text)
    if colour is None:
        cursor.error(key, f'"{shortened(text)}" is no colour{_colour_meant(text)}')
    return colour


def _colour_meant(text: str) -> str:
    """How a colour that is none should have been written, to end an error with."""
    if channels := _RGB.fullmatch(text.strip().lower()):
        numbers = [int(one) for one in channels.groups()[:3]]
        if max(numbers) <= 255:
            return f', did you mean "#{"".join(f"{one:02x}" for one in numbers)}"?'
    if _HASH.fullmatch(text.strip()):
        return f"; after its # it has 3 or 6 of 0-9 and a-f, not {len(text.strip()) - 1}"
    return did_you_mean(text, COLOUR_NAMES) or '; write such as "#0b6b57", or an English name such as teal'
