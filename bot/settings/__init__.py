"""How settings are read: where they stand, what they may be, and what to say when they are not."""
