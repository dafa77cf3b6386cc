"""Fits how sure the assistant may be: `python -m tests.calibration`."""
