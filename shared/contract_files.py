"""Reads the contracts' data files; ``contracts`` itself imports pydantic only."""

from pathlib import Path

import yaml

import contracts
from contracts.topics import Topics

CONTRACTS = Path(contracts.__file__).parent


def load_topics() -> Topics:
    """``contracts/topics.yaml``, validated."""
    return Topics.model_validate(yaml.safe_load((CONTRACTS / "topics.yaml").read_text(encoding="utf-8")))
