"""The incident service: reports, incidents, grading, statutory clocks, consultation, response, command."""
