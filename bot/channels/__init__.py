"""The channels in which citizens write: how each reads what arrives and sends what is answered."""
