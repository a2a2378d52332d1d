"""A strict stand-in for Slack: real HTTP, real Socket Mode, the documented answers, and people who click.

``fixture.py`` gives tests a ``slack``. Its rooms:

- ``workspace.py`` the people, channels and messages; ``tokens.py`` who may call what
- ``server.py`` the whole thing; ``calling.py`` one call of the Web API; ``methods.py`` which methods there are
- ``chat.py``, ``conversations.py``, ``users.py``, ``views.py``, ``files.py``, ``account.py`` what they do
- ``schema.py``, ``objects.py``, ``elements.py``, ``blocks.py``, ``surfaces.py`` the rules of Block Kit
- ``people.py``, ``forms.py`` what people do; ``seeing.py``, ``rendering.py`` what they see
- ``delivering.py``, ``payloads.py``, ``signing.py``, ``socket_mode.py`` how the app hears of it
- ``response_urls.py`` the addresses that come with a click; ``faults.py`` what goes wrong on demand
"""
