"""``contracts/schemas``: the JSON Schema of every event, Draft 2020-12, closed."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelField

from contracts.events import EVENTS, Event

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "contracts/schemas"


class _Plain(GenerateJsonSchema):
    """Gives fields no title; one made from the name would only repeat it."""

    def field_title_should_be_set(self, schema: ModelField | object) -> bool:
        return False


@cache
def schema(event: type[Event]) -> Schema:
    """The schema a producer keeps to: unknown fields are forbidden, ``$id`` is the ``dataschema``.

    It is made once; copy it before changing it.
    """
    body: JsonSchemaValue = event.model_json_schema(schema_generator=_Plain)
    first = {name: body[name] for name in ("title", "description", "type")}
    return {"$schema": DIALECT, "$id": event.schema_uri(), **first, **body}


def file_name(event: type[Event]) -> str:
    """``incident.reported.v1``: the stem of its schema and the folder of its examples."""
    return f"{event.NAME}.v{event.VERSION}"


def render(document: object) -> str:
    """JSON as it is committed: two blanks, Chinese readable, a line end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schemas(root: Path, events: Iterable[type[Event]] = EVENTS) -> dict[Path, str]:
    """Every schema file below ``root`` with the text it should have."""
    return {root / FOLDER / f"{file_name(event)}.json": render(schema(event)) for event in events}
