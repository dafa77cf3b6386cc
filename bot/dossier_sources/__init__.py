"""Systems that are asked about dossiers, and how what they tell is read."""
