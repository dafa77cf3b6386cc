"""Which services are filed online: a public page at `/dich-vu`, and the same as open data."""
