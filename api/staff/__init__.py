"""The officials' desk: logging in, and slips at the counter. More rooms will follow."""
