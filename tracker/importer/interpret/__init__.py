"""Blocks become a reading: layout and meaning put together."""
