"""The pages on which an operator lets motcua speak for a Zalo Official Account."""
