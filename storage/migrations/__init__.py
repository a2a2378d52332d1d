"""How the schema came to be: one file a revision. Names and descriptions stand in ``storage.migrating``."""
