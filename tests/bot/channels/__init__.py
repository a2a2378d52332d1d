"""Channels: how visitors are heard and spoken to."""
