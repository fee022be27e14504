"""One thing that is wrong, told in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.messages import Language, text


@dataclass(frozen=True)
class Finding:
    """``rule`` names a message below ``contracts.fault``; ``where`` is a path below the repository."""

    rule: str
    where: Path
    values: Mapping[str, object] = field(default_factory=dict)

    def fault(self, language: Language | None = None) -> str:
        """What is wrong, in words."""
        return text(f"contracts.fault.{self.rule}", language, **self.values)
