"""What happens: one function per verb; each refuses first, flushes, and never commits."""
