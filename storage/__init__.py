"""Remembers: conversations, leads, scripts, effects to be performed. SQL lives here and nowhere else."""
