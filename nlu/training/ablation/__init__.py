"""`make ablation`: what each part of the model is worth, on sentences that were never taught.

Only `running` imports scikit-learn, SciPy or Rasa.
"""
