"""A reading waits as proposals: reviewed, compared with what is there, applied, taken back."""
