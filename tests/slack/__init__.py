"""A strict stand-in for Slack: real HTTP, real Socket Mode, the documented answers, and people who click.

``fixture.py`` gives tests a ``slack``. Its rooms:

- ``server.py`` the whole thing, and what to do to it; ``core.py`` what its rooms share
- ``workspace.py`` the people, channels and messages; ``tokens.py`` who may call what
- ``calling.py`` one call of the Web API, ``arguments.py`` what it carries, ``methods.py`` which methods there are
- ``chat.py``, ``conversations.py``, ``users.py``, ``views.py``, ``files.py``, ``account.py`` what they do
- ``schema.py``, ``objects.py``, ``elements.py``, ``rich_text.py``, ``blocks.py``, ``surfaces.py`` the Block Kit
- ``people.py``, ``forms.py`` what people do; ``seeing.py``, ``rendering.py`` what they see
- ``delivering.py``, ``payloads.py``, ``signing.py``, ``socket_mode.py`` how the app hears of it
- ``response_urls.py`` the addresses that come with a click; ``faults.py`` what goes wrong on demand

::

    async def test_a_claim(slack: Slack, sales: Channel, anna: Person) -> None:
        slack.request_url = "http://127.0.0.1:8080/slack/events"      # or Socket Mode, where this is None
        ...                                                           # the app posts to slack.api_url
        card = (await slack.until(lambda: slack.messages(sales)))[0]
        delivery = await slack.click(anna, card, "claim")
        assert delivery.accepted and delivery.seconds < 3
        assert "Claimed by Anna" in slack.shown(card)
        assert slack.pings == []
"""
