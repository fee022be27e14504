"""The resources service's own tables and queries."""
