"""How the small expression language of conditions and formulas is read, checked, compiled and examined.

A text goes through four rooms, each knowing only the one before: ``reading`` (text to Python's grammar tree, within
limits), ``meaning`` (names, types and constants checked: the typed tree of ``tree``), ``compiling`` (one closure that
answers), ``never`` (why a condition cannot hold). ``operations`` and ``amounts`` say what the operators do with
answers. The door to all of it is ``dialogs.conditions``.
"""
