"""Everything that is kept in SQL, on SQLite or PostgreSQL. Rows never leave this package."""
