"""Choices of the dispatch service as pure functions."""
