"""How well it understands and finds, measured through `motcua understand` as an outsider would."""
