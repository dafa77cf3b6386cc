"""Whole messages with what they mean, written by people who had not read the training text."""
