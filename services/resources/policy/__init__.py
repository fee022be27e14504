"""Choices of the resources service as pure functions."""
