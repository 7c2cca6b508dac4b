"""Robots and more carried out and in: export, import of tables, restoring with a look before."""
