"""problem+json (RFC 9457) for every "no": Chinese first, with the field and the rule, English beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from opentelemetry import trace
from opentelemetry.trace import StatusCode
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.messages import Language, both, catalogue, text
from contracts.refusals import Refusal
from shared.failures import reason_of
from shared.telemetry import trace_id
from shared.unavailable import UNAVAILABLE

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
LONGEST_FIELD = 200
LANGUAGES: tuple[Language, Language] = ("zh", "en")
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "问题说明 (RFC 9457)", "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
}

_RULE_OF_PREFIX: Sequence[tuple[str, str]] = (
    ("missing", "missing"),
    ("extra_forbidden", "extra_forbidden"),
    ("unexpected_keyword", "extra_forbidden"),
    ("null_character", "null_character"),
    ("string_unicode", "null_character"),
    ("greater_than", "range"),
    ("less_than", "range"),
    ("multiple_of", "range"),
    ("finite_number", "range"),
    ("int_parsing_size", "range"),
    ("decimal_m", "range"),
    ("decimal_whole", "range"),
    ("too_long", "length"),
    ("too_short", "length"),
    ("string_too", "length"),
    ("bytes_too", "length"),
    ("literal_error", "choice"),
    ("enum", "choice"),
    ("union_tag", "choice"),
    ("int_from_float", "type"),
)


def rule_of(error_type: str) -> str:
    """The rule (a key under ``rule.`` of the catalogue) a pydantic error type stands for; one of our own has its own."""
    if f"rule.{error_type}" in catalogue():
        return error_type
    for prefix, rule in _RULE_OF_PREFIX:
        if error_type.startswith(prefix):
            return rule
    if error_type.endswith(("_type", "_attributes_type")) or error_type in {
        "none_required",
        "is_instance_of",
    }:
        return "type"
    if error_type.endswith(
        ("_parsing", "_mismatch", "_past", "_future", "_inexact", "_aware", "_naive", "_version")
    ):
        return "format"
    return "other"


def body_of(
    status: int,
    key: str,
    instance: str,
    errors: Sequence[Mapping[str, Any]] = (),
    **values: object,
) -> dict[str, Any]:
    """The members of one problem; ``key`` is its message in the catalogue."""
    zh, en = both(key, **values)
    body: dict[str, Any] = {
        "type": f"urn:liandong:problem:{key.removeprefix('problem.')}",
        "title": zh,
        "title_en": en,
        "status": status,
        "detail": "；".join(error["message"] for error in errors) or zh,
        "detail_en": "; ".join(error["message_en"] for error in errors) or en,
        "instance": instance,
        "trace_id": trace_id(),
    }
    return {**body, "errors": list(errors)} if errors else body


def answer(
    request: Request,
    status: int,
    key: str,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    values: Mapping[str, object] | None = None,
) -> Response:
    """The response for one problem."""
    body = body_of(status, key, request.scope["path"], errors, **(values or {}))
    return Response(json_bytes(body), status, dict(headers or {}), MEDIA_TYPE)


def json_bytes(body: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """JSON bytes, also when a string of the caller's holds a lone surrogate."""
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError:
        return orjson.dumps(_printable(body))


def _printable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, Mapping):
        return {_printable(str(key)): _printable(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_printable(item) for item in value]
    return value


def field_error(error: Mapping[str, Any]) -> dict[str, Any]:
    """One pydantic error as field, rule and message in both languages."""
    rule = rule_of(str(error["type"]))
    context = error.get("ctx") or {}
    field = ".".join(str(part) for part in error["loc"] if part not in {"body", "query", "path", "header"})
    field = field[:LONGEST_FIELD]
    constraint = _constraint(context)
    told = [
        text(
            f"rule.{rule}",
            language,
            expected=context.get("expected") or kind,
            constraint=constraint,
            detail=constraint or kind,
        )
        for language, kind in zip(LANGUAGES, _kind_of(str(error["type"])), strict=True)
    ]
    zh, en = told
    message, message_en = f"{field or '请求正文'}：{zh}", f"{field or 'body'}: {en}"
    return {"field": field, "rule": rule, "message": message, "message_en": message_en}


def _kind_of(error_type: str) -> tuple[str, str]:
    """What kind of value was wanted, in Chinese and English; the error's own type where that says more."""
    key = f"kind.{error_type.split('_', maxsplit=1)[0]}"
    return both(key) if key in catalogue() else (error_type, error_type)


_SIGNS = {
    "ge": "≥",
    "gt": ">",
    "le": "≤",
    "lt": "<",
    "min_length": "≥",
    "max_length": "≤",
    "multiple_of": "×",
    "max_digits": "≤",
    "decimal_places": "≤",
    "whole_digits": "≤",
    "pattern": "",
}


def _constraint(context: Mapping[str, Any]) -> str:
    return ", ".join(f"{sign} {context[name]}".strip() for name, sign in _SIGNS.items() if name in context)


def of_refusal(refusal: Refusal) -> list[dict[str, Any]]:
    """A refusal's field and rule, when it blames one."""
    if not refusal.field:
        return []
    zh, en = both(refusal.rule, **refusal.values)
    return [
        {
            "field": refusal.field,
            "rule": refusal.rule.rpartition(".")[2],
            "message": f"{refusal.field}：{zh}",
            "message_en": f"{refusal.field}: {en}",
        }
    ]


def _position_error(error: Mapping[str, Any]) -> dict[str, Any]:
    """Where a body stops being JSON: the place that the parser names, counted from 1 in characters."""
    place = next((part for part in reversed(error["loc"]) if isinstance(part, int)), 0) + 1
    zh, en = both("rule.json", place=place)
    return {"field": "body", "rule": "json", "message": f"body：{zh}", "message_en": f"body: {en}"}


async def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    headers = {"WWW-Authenticate": "Bearer"} if error.STATUS == 401 else None
    return answer(request, error.STATUS, error.KEY, of_refusal(error), headers, error.values)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    for one in found:
        if str(one["type"]) == "json_invalid":
            return answer(request, 400, "problem.broken_json", [_position_error(one)])
    return answer(request, 422, "problem.invalid_input", [field_error(one) for one in found[:50]])


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:
        return answer(request, 400, "problem.broken_json")
    return answer(request, error.status_code, "problem.no_such_route", headers=error.headers)


async def _on_unavailable(request: Request, error: Exception) -> Response:
    log.warning("unavailable", error=repr(error), path=request.scope["path"])
    return answer(request, 503, "problem.unavailable", headers={"Retry-After": "1"})


class Unforeseen:
    """ASGI middleware: what nobody foresaw is logged once and becomes a 500 problem; the connection lives on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; answer for what fails before its answer began."""
        begun = False

        async def answering(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, answering)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            log.exception("unforeseen failure", path=scope["path"], error=reason_of(error))
            trace.get_current_span().set_status(StatusCode.ERROR, type(error).__name__)
            await answer(Request(scope), 500, "problem.internal")(scope, receive, send)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for unavailable in UNAVAILABLE:
        app.add_exception_handler(unavailable, _on_unavailable)
    app.add_middleware(Unforeseen)
