"""Alembic's steps of the schema, shipped inside the package."""
