"""A strict stand-in for Telegram's Bot API: real HTTP, the documented answers, and people who write and press.

``fixture.py`` gives tests a ``telegram``. Its rooms:

- ``server.py`` the whole thing; ``core.py`` what its rooms share; ``chats.py`` users, chats and messages
- ``calling.py`` one call, ``parameters.py`` what it carries, ``bot_api.py`` what each method takes, ``methods.py``
  who does it, ``refusals.py`` and ``limits.py`` how it is refused
- ``sending.py``, ``editing.py``, ``account.py``, ``files.py`` what the methods do
- ``entities.py``, ``text.py``, ``html_mode.py``, ``markdown_mode.py``, ``links.py``, ``keyboards.py`` what may be said
- ``updates.py``, ``polling.py``, ``webhooks.py`` how the bot hears of what happens
- ``people.py``, ``groups.py``, ``payloads.py`` what people do and see

::

    async def test_a_question(telegram: Telegram, ada: Person) -> None:
        ...                                            # the bot polls telegram.base_url, or has set a webhook
        await ada.starts("from_pricing")
        question = (await telegram.until(lambda: ada.sees))[0]
        await ada.presses(question, "Book a demo")
        await telegram.heard()
        assert "Which day" in ada.sees[-1].text

Webhooks must be ``https`` as at the real one; ``telegram.reaches("https://bot.example", "http://127.0.0.1:8080")``
says where such an address leads. What no caller should do stands in ``telegram.violations``, and fails the test.
"""
