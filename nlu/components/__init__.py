"""Components of ours in Rasa's pipeline; imported by Rasa's Python 3.10 only."""
