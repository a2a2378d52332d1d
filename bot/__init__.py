"""Touches the world: channels, handoff targets, lead magnets, web pages, the command line."""
