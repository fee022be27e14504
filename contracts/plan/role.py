"""The roles a plan can name; the same words that a token carries."""

from typing import Literal

Role = Literal[
    "call_taker",
    "dispatcher",
    "duty_officer",
    "commander",
    "department",
    "logistics",
    "warning_author",
    "warning_reviewer",
    "warning_signer",
    "auditor",
]
