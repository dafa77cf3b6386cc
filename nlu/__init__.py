"""The language model: trained by Rasa on Python 3.10, run without Rasa on the backend's Python."""
