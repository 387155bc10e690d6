"""What stands where in a document: head, sections, tables, schedules, closing."""
