"""Telegram as a place where visitors are: updates in, messages out.

Only ``library`` imports python-telegram-bot at its top, and nobody imports ``library`` before Telegram is configured: a
server without it starts without it.
"""
