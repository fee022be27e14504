"""Choices of the incident service as pure functions over the plan's tables."""
