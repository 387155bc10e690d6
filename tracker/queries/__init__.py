"""What is so: selects only, scoped by who is asking."""
