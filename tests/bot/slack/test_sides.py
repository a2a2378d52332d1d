"""Who hears what: no visitor is ever taken for a colleague, no colleague for a visitor."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.listening import (
    AppHomeOpened,
    AppMention,
    BlockAction,
    MessageChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    SlackEvent,
    SlackView,
    SlashCommand,
    ViewClosed,
    ViewSubmission,
)
from bot.slack.sides import Grounds, Side, side_of

ANNA, VERA = "U0ANNA", "U0VERA"
SALES, COMMUNITY, OTHER, DIRECT = "C0SALES", "C0COMMUNITY", "C0OTHER", "D0DIRECT"
GROUNDS = Grounds(colleagues=frozenset({ANNA}), leads=SALES, visitor_channels=frozenset({COMMUNITY}))
DESK, VISITORS, NOBODY = Side.DESK, Side.VISITORS, Side.NOBODY
KINDS = {SALES: "channel", COMMUNITY: "channel", OTHER: "group", DIRECT: "im"}


def said(user: str, channel: str, thread_ts: str = "", **more: Any) -> MessagePosted:
    return MessagePosted(
        event_id="Ev1", user=user, channel=channel, ts="2.5", thread_ts=thread_ts, channel_type=KINDS[channel], **more
    )


def mentioned(user: str, channel: str, thread_ts: str = "") -> AppMention:
    return AppMention(event_id="Ev1", user=user, channel=channel, ts="2.5", thread_ts=thread_ts)


def changed(user: str, channel: str, text: str = "now") -> MessageChanged:
    return MessageChanged(
        event_id="Ev1", user=user, channel=channel, ts="2.5", text=text, text_before="before",
        channel_type=KINDS[channel],
    )  # fmt: skip


def deleted(user: str, channel: str) -> MessageDeleted:
    return MessageDeleted(event_id="Ev1", user=user, channel=channel, ts="2.5", channel_type=KINDS[channel])


def pressed(user: str, channel: str, action_id: str, **more: Any) -> BlockAction:
    return BlockAction(event_id="Ev1", user=user, channel=channel, action_id=action_id, **more)


HOME = SlackView(id="V1", type="home")


@pytest.mark.parametrize(
    ("event", "anna", "vera"),
    [
        # Direct messages.
        (said("", DIRECT), DESK, VISITORS),
        (said("", DIRECT, "1.5"), DESK, VISITORS),
        (changed("", DIRECT), DESK, VISITORS),
        (changed("", DIRECT, "before"), DESK, NOBODY),
        (deleted("", DIRECT), DESK, NOBODY),
        # The channel for leads, and others that the desk may use: as ever.
        (said("", SALES, "1.5"), DESK, DESK),
        (mentioned("", SALES), DESK, DESK),
        (mentioned("", SALES, "1.5"), DESK, DESK),
        (changed("", SALES), DESK, DESK),
        (pressed("", SALES, "claim"), DESK, DESK),
        (said("", OTHER, "1.5"), DESK, DESK),
        (mentioned("", OTHER, "1.5"), DESK, DESK),
        (mentioned("", OTHER), DESK, VISITORS),
        (pressed("", OTHER, "claim"), DESK, DESK),
        # Visitors' channels: what is for the bot, and nothing else.
        (said("", COMMUNITY), NOBODY, NOBODY),
        (said("", COMMUNITY, "1.5"), NOBODY, VISITORS),
        (mentioned("", COMMUNITY), DESK, VISITORS),
        (mentioned("", COMMUNITY, "1.5"), NOBODY, VISITORS),
        (changed("", COMMUNITY), NOBODY, VISITORS),
        (deleted("", COMMUNITY), NOBODY, NOBODY),
        (ReactionAdded(event_id="Ev1", user="", reaction="eyes", channel=COMMUNITY, ts="2.5"), NOBODY, NOBODY),
        # Buttons: the visitors' are for visitors, the desk's for colleagues, wherever they turn up.
        (pressed("", COMMUNITY, "visitor:0"), NOBODY, VISITORS),
        (pressed("", DIRECT, "visitor:menu"), NOBODY, VISITORS),
        (pressed("", DIRECT, "claim"), DESK, NOBODY),
        (pressed("", COMMUNITY, "claim"), DESK, NOBODY),
        (pressed("", "", "availability:busy", view=HOME), DESK, NOBODY),
        # The app's home and the command, which show leads.
        (AppHomeOpened(event_id="Ev1", user="", tab="home"), DESK, VISITORS),
        (AppHomeOpened(event_id="Ev1", user="", tab="messages"), DESK, NOBODY),
        (SlashCommand(event_id="Ev1", user="", command="/handraiser", text="ada", channel=SALES), DESK, VISITORS),
    ],
)  # fmt: skip
def test_whose_it_is(event: SlackEvent, anna: Side, vera: Side) -> None:
    assert side_of(replace(event, user=ANNA), GROUNDS) is anna
    assert side_of(replace(event, user=VERA), GROUNDS) is vera


_ids = {"event_id": st.just("Ev1"), "user": st.sampled_from((ANNA, VERA, ""))}
_place = {"channel": st.sampled_from((SALES, COMMUNITY, OTHER, DIRECT, "")), "ts": st.just("2.5")}
_thread = _place | {"thread_ts": st.sampled_from(("", "1.5")), "text": st.text(max_size=3)}
_view = st.sampled_from((HOME, SlackView(id="V2", type="modal")))
EVENTS = st.one_of(
    st.builds(MessagePosted, **_ids, **_thread, channel_type=st.sampled_from(("im", "channel", ""))),
    st.builds(MessageChanged, **_ids, **_thread, text_before=st.text(max_size=3)),
    st.builds(MessageDeleted, **_ids, **_place),
    st.builds(AppMention, **_ids, **_thread),
    st.builds(ReactionAdded, **_ids, **_place, reaction=st.just("eyes")),
    st.builds(AppHomeOpened, **_ids, tab=st.sampled_from(("home", "messages"))),
    st.builds(SlashCommand, **_ids, command=st.just("/handraiser"), channel=_place["channel"]),
    st.builds(
        BlockAction, **_ids, channel=_place["channel"], view=st.none() | _view,
        action_id=st.sampled_from(("claim", "visitor:0", "visitor:menu", "availability:busy")),
    ),
    st.builds(ViewSubmission, **_ids, view=_view),
    st.builds(ViewClosed, **_ids, view=_view),
)  # fmt: skip


@given(EVENTS)
def test_nothing_of_a_colleagues_is_a_visitors_and_nothing_among_visitors_is_the_desks(event: SlackEvent) -> None:
    side = side_of(event, GROUNDS)
    if event.user == ANNA:
        assert side is not VISITORS
    if event.user == VERA and getattr(event, "channel", "") in (COMMUNITY, DIRECT):
        assert side is not DESK
    if isinstance(event, SlashCommand | AppHomeOpened) and event.user != ANNA:
        assert side is not DESK
