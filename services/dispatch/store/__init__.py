"""The dispatch service's own tables and queries."""
