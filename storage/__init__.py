"""Remembers: conversations, leads, scripts, effects still to be performed. SQL lives here and nowhere else."""
