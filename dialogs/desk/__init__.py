"""The sales desk: what becomes of a lead once people are brought in. Pure, like everything in ``dialogs``."""
