"""The sources of the chat on websites, and what makes them small; see ``__main__``."""
