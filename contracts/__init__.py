"""The published language of liandong: events, envelope, topics, plan models, messages.

Everything that crosses a service boundary is declared here and nowhere else; services and
partners import it, it imports pydantic only.
"""
