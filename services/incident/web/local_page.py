"""The page of the local issuer: choose a node, who to be and in which roles. Never where people have accounts."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from contracts.messages import Language, text
from services.incident.web.issuers import LocalLogin
from services.incident.web.login import LoginLost, callback_of
from services.incident.web.pages import SECURITY
from shared.http.auth import Role

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/console/modules/@fontsource-variable/noto-sans-sc/index.css">
<link rel="stylesheet" href="/console/css/base.css"><link rel="stylesheet" href="/console/css/login.css"></head>
<body class="login"><main><h1>{title}</h1><p class="warning" role="note">{warning}</p>
<form method="post" action="/issuer?{query}">
<label>{node_word}<select name="node" autofocus>{nodes}</select></label>
<label>{name_word}<input name="name" value="{name}" required maxlength="60" autocomplete="off"></label>
<fieldset><legend>{roles_word}</legend>{roles}</fieldset>
<label>{department_word}<select name="department"><option value="">—</option>{departments}</select></label>
<label>{team_word}<select name="team"><option value="">—</option>{teams}</select></label>
<button type="submit">{enter}</button></form></main></body></html>"""


async def choose(request: Request) -> Response:
    """The form."""
    language: Language = "en" if request.cookies.get("liandong_language") == "en" else "zh"
    plan, node = request.app.state.context.plan, request.app.state.settings.node
    consoles: Mapping[str, str] = request.app.state.settings.local_consoles
    named = {code: plan.jurisdictions[code].name for code in (node, *consoles) if code in plan.jurisdictions}
    page = _PAGE.format(
        language="zh-CN" if language == "zh" else "en",
        query=escape(urlencode(dict(request.query_params))),
        title=escape(text("login.title", language)),
        warning=escape(text("login.local_warning", language)),
        node_word=escape(text("login.node", language)),
        name_word=escape(text("login.name", language)),
        roles_word=escape(text("login.roles", language)),
        department_word=escape(text("login.department", language)),
        team_word=escape(text("login.team", language)),
        enter=escape(text("login.enter", language)),
        name=escape(text("login.somebody", language)),
        nodes="".join(_option(code, name, code == node) for code, name in named.items()),
        departments="".join(_option(slug, one.name, False) for slug, one in plan.departments.items()),
        teams="".join(
            _option(slug, one.name, False)
            for slug, one in plan.seed.teams.items()
            if one.jurisdiction == node
        ),
        roles="".join(_box(role, language) for role in Role if role is not Role.SYSTEM),
    )
    return HTMLResponse(page, headers=SECURITY)


async def return_to_login(request: Request) -> Response:
    """Back to the login with a code for who was chosen; to another node's console, if that was."""
    form, settings = parse_qs((await request.body()).decode(errors="replace")), request.app.state.settings
    node, own = _first(form, "node"), settings.node
    if node != own and node in settings.local_consoles:
        return RedirectResponse(f"{settings.local_consoles[node]}/login", 303)
    redirect_uri = callback_of(request)
    roles = [role for role in form.get("role", ()) if role in set(Role)]
    name = _first(form, "name").strip()[:60]
    if request.query_params.get("redirect_uri") != redirect_uri or not roles or not name:
        raise LoginLost
    issuer: LocalLogin = request.app.state.issuer
    department, team = _first(form, "department"), _first(form, "team")
    plan = request.app.state.context.plan
    who = {
        "subject": name,
        "name": name,
        "roles": roles,
        "node": own,
        **({"department": department} if department in plan.departments else {}),
        **({"team": team} if team in plan.seed.teams else {}),
    }
    code = issuer.code(who, request.query_params.get("code_challenge", ""))
    answer = {"code": code, "state": request.query_params.get("state", "")}
    return RedirectResponse(f"{redirect_uri}?{urlencode(answer)}", 303)


def _first(form: Mapping[str, Sequence[str]], name: str) -> str:
    return form.get(name, [""])[0]


def _option(value: str, name: str, selected: bool) -> str:
    mark = " selected" if selected else ""
    return f'<option value="{escape(value)}"{mark}>{escape(name)}（{escape(value)}）</option>'


def _box(role: Role, language: Language) -> str:
    mark = " checked" if role in {Role.CALL_TAKER, Role.DISPATCHER, Role.DUTY_OFFICER} else ""
    word = escape(text(f"role.{role}", language))
    return f'<label class="box"><input type="checkbox" name="role" value="{role}"{mark}>{word}</label>'
