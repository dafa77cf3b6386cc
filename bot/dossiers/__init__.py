"""What is known of dossiers: codes, states, updates and how they fold, proofs, and the ports."""
