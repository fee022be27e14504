"""Pure decisions of the incident service: ``(state, command, now) -> (state, events)``."""
