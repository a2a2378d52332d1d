"""Slack as a place where visitors are: direct messages with the bot, and threads in which it was mentioned.

The sales side of the same workspace is ``bot.handoff.slack``; the two know nothing of each other. They share
``bot.slack``, which takes everything in by one door and decides whose it is.
"""
