"""Readers: each turns one file format into blocks; `choose` picks the right one."""
