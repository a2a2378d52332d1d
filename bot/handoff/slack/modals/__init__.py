"""Windows over Slack in which a colleague says more than a click can: what each shows, and how it is read.

Each room has functions that make a window (``…_modal``) and one that reads what was filled in (``read_…``): an act for
the desk, or ``Mistakes`` that name the field.
"""
