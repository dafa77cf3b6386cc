"""The reference of the HTTP interface at `/docs`."""
