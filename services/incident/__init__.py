"""The incident service: reports, incidents, grading, reports that are due by law, consultation, response, command."""
