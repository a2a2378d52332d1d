"""Decides: what the bot says, asks and does next. Pure: no I/O, no clock, no randomness."""
