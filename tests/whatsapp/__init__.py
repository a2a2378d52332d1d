"""A strict stand-in for the WhatsApp Cloud API: real HTTP, Graph's answers, and people who write and press.

``fixture.py`` gives tests a ``whatsapp``. Its rooms:

- ``server.py`` the whole thing; ``core.py`` what its rooms share; ``messages.py`` people and messages
- ``calling.py`` one call, ``refusals.py`` Graph's errors, ``limits.py`` what is too much, ``faults.py`` the rest
- ``sending.py`` what is sent, ``shapes.py`` what it may look like, ``interactive.py`` buttons and lists,
  ``templates.py`` approved templates, ``media.py`` files up and down
- ``notifying.py`` signed notifications with retries, ``payloads.py`` what stands in them
- ``people.py`` what people do and see

::

    async def test_a_question(whatsapp: WhatsApp, wanda: Person) -> None:
        assert await whatsapp.subscribes("http://127.0.0.1:8080/whatsapp", verify_token="…")
        await wanda.says("What does it cost?")          # opens the window of 24 hours
        question = (await whatsapp.until(lambda: wanda.sees))[0]
        await wanda.presses(question, "Up to 50")
        await whatsapp.settled()

What no caller should do stands in ``whatsapp.violations``, and fails the test. What is refused because of the person
(no open window, not on WhatsApp) is told as the real one mostly does: accepted, then ``failed`` in a notification;
``whatsapp.refuses_at_once`` answers 400 instead.
"""
