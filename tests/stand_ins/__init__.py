"""What the strict stand-ins for messengers share: they listen, they fail on demand, they tell when something happened.

- ``faults.py`` what goes wrong on demand, and ``meeting.py`` how a caller meets it
- ``happenings.py`` the clock, what happens beside, and waiting until something is so
- ``listening.py`` a server that starts, goes down and comes back on the same port
"""
