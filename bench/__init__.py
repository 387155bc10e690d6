"""How fast the pages and the reminder run are, beside a bare server over the same rows.

`python -m bench` from a checkout; never a timed test. What the figures mean: docs/performance.md.
"""
