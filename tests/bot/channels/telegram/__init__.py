"""Telegram as a place where visitors are."""
