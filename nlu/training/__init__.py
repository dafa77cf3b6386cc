"""Training: examples, their copies, Rasa, evaluation; only `rasa_side` imports Rasa."""
