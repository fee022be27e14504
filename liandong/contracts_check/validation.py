"""JSON Schema validation of examples: closed as producers must, open as readers do."""

from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Schema = dict[str, Any]


def _has_offset(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


FORMATS = FormatChecker(formats=())
FORMATS.checks("date-time", raises=ValueError)(_has_offset)


def faults(schema: Schema, body: object) -> list[str]:
    """What the schema has against ``body``, each with its place; empty when it is valid."""
    found = Draft202012Validator(schema, format_checker=FORMATS).iter_errors(body)
    return [f"{error.json_path}: {error.message}" for error in found]


def lenient_schema(schema: Any) -> Any:  # noqa: ANN401 - nested JSON
    """The schema as a reader takes it: fields it doesn't know are ignored."""
    if isinstance(schema, dict):
        return {key: lenient_schema(value) for key, value in schema.items() if key != "additionalProperties"}
    return [lenient_schema(item) for item in schema] if isinstance(schema, list) else schema
