"""What ``liandong contracts check`` proves about everything under ``contracts/``."""
