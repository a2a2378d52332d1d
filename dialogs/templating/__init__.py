"""How message texts are read, filled in and joined. The door is ``dialogs.templates``."""
