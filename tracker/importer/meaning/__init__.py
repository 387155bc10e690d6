"""What the words of a document say: units, days, meetings, documents asked for."""
