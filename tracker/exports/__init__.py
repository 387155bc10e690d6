"""What leaves the office as a file: a sheet of rows, and the formats it is written in."""
