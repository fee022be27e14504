"""The incident service's own tables: rows, queries, and the small functions between rows and domain objects."""
