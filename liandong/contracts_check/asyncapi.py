"""Whether ``asyncapi.yaml`` is AsyncAPI 3.0: by the object model of the package ``asyncapi3``, which
knows every object and field of the specification and its Kafka bindings, and beyond it by references
that resolve, address parameters that are declared and examples that keep to their schemas.
"""

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from liandong.contracts_check.finding import Finding
from liandong.contracts_check.validation import faults

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # the package names a field "schema", pydantic minds
    from asyncapi3.models.asyncapi import AsyncAPI3

Document = dict[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast one where PyYAML has it."""


def check_asyncapi(path: Path) -> Iterator[Finding]:
    """What is wrong with the file; nothing when it is absent, which is another finding's matter."""
    if not path.exists():
        return
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
        AsyncAPI3.model_validate(document)
    except (yaml.YAMLError, ValidationError) as error:
        for fault in _error_lines(error):
            yield Finding("asyncapi", path, {"fault": fault})
        return
    for fault in (*_dangling(document, path), *_undeclared_parameters(document), *_examples(document, path)):
        yield Finding("asyncapi", path, {"fault": fault})


def _error_lines(error: yaml.YAMLError | ValidationError) -> list[str]:
    if isinstance(error, ValidationError):
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False)]
    return [str(error)]


def _dangling(document: Document, path: Path) -> Iterator[str]:
    for reference in sorted(set(_references(document))):
        try:
            resolve(document, reference, path)
        except (KeyError, TypeError, OSError, ValueError):
            yield f"{reference}: resolves to nothing"


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def resolve(document: Document, reference: str, path: Path) -> Any:  # noqa: ANN401 - any part
    """What a reference in the document at ``path`` means; raises KeyError, TypeError, OSError or ValueError when nothing."""
    if not reference.startswith("#/"):
        return json.loads((path.parent / reference).read_text(encoding="utf-8"))
    part: Any = document
    for step in reference[2:].split("/"):
        part = part[step.replace("~1", "/").replace("~0", "~")]
    return part


def _undeclared_parameters(document: Document) -> Iterator[str]:
    for name, channel in document.get("channels", {}).items():
        used = set(re.findall(r"\{(\w+)\}", channel.get("address") or ""))
        for parameter in sorted(used ^ set(channel.get("parameters", {}))):
            yield f"channels.{name}: parameter {parameter} is not both declared and used"


def _examples(document: Document, path: Path) -> Iterator[str]:
    for name, message in document.get("components", {}).get("messages", {}).items():
        for example in message.get("examples", ()):
            payload = resolve(document, message["payload"]["schema"]["$ref"], path)
            headers = {**message["headers"], "components": document["components"]}
            for fault in (*faults(payload, example["payload"]), *faults(headers, example["headers"])):
                yield f"components.messages.{name}: {fault}"
