"""Invented programmes in the layouts that offices really use, and what a careful clerk reads."""
