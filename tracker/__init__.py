"""Đôn đốc: the work programme of a public office, followed to its last deadline."""

__version__ = "0.1.0"
