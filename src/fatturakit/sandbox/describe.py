"""The description of the interface, made from the tables: an OpenAPI document and a page to read."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from .._version import __version__
from ..remote.endpoints import JSON, PROBLEM, Body, Endpoint, Param
from .box import Box
from .checks import documented
from .jsontext import encoded
from .service import Service

_WHOLE: Final = 2**31
_SEVERAL: Final = ("May be repeated.", "Several values have commas between them.")


def routes(box: Box) -> list[BaseRoute]:
    """``/openapi.json`` and ``/docs``."""

    async def openapi(_request: Request) -> Response:
        return Response(encoded(document(box)), media_type=JSON)

    async def docs(_request: Request) -> Response:
        return HTMLResponse(page(box))

    return [Route("/openapi.json", openapi, methods=["GET"]), Route("/docs", docs, methods=["GET"])]


def document(box: Box) -> dict[str, Any]:
    """The OpenAPI 3.1 document of everything that is served for the providers."""
    from .services import SERVICES

    paths: dict[str, Any] = {}
    for service in SERVICES:
        for row in service.rows:
            paths.setdefault(service.prefixes[0] + row.path, {})[row.method.lower()] = _operation(service, row)
    schemes = {service.provider.name: _scheme(service) for service in SERVICES}
    return {
        "openapi": "3.1.0",
        "info": {"title": "fatturakit sandbox", "version": __version__},
        "servers": [{"url": box.base}],
        "paths": paths,
        "components": {"securitySchemes": schemes},
    }


def _operation(service: Service, row: Endpoint) -> dict[str, Any]:
    hidden = service.provider.auth.name
    made: dict[str, Any] = {
        "operationId": row.id,
        "summary": row.title.en,
        "tags": [service.provider.title],
        "parameters": [_parameter(param) for param in row.params if param.name != hidden],
        "responses": {str(code): _response(service, row, code) for code in sorted(documented(row))},
        "security": [] if row.open else [{service.provider.name: []}],
    }
    if row.body is not None:
        made["requestBody"] = _body(row.body)
    return made


def _body(body: Body) -> dict[str, Any]:
    kinds = {kind: {"schema": {"type": "object"} if kind == JSON else {"type": "string"}} for kind in body.kinds}
    return {"required": True, "description": body.schema, "content": kinds}


def _parameter(param: Param) -> dict[str, Any]:
    made = {"name": param.name, "in": param.place, "required": param.place == "path", "schema": _schema(param)}
    return {**made, "description": _SEVERAL[param.joined]} if param.kind == "list" else made


def _schema(param: Param) -> dict[str, Any]:
    if param.kind == "integer":
        least = -_WHOLE if param.least is None else param.least
        return {"type": "integer", "minimum": least, "maximum": _WHOLE - 1 if param.most is None else param.most}
    if param.kind == "boolean":
        return {"type": "string", "enum": ["true", "false", "1", "0"]}
    closed = param.allowed and not param.automatic
    return {"type": "string", "enum": list(param.allowed)} if closed else {"type": "string"}


def _response(service: Service, row: Endpoint, code: int) -> dict[str, Any]:
    kinds = [kind for reply in row.replies if reply.status == code for kind in reply.kinds]
    if code >= HTTPStatus.BAD_REQUEST:
        kinds = [] if code in service.silent else [JSON, PROBLEM]
    made: dict[str, Any] = {"description": HTTPStatus(code).phrase}
    if kinds:
        made["content"] = {kind: {"schema": {}} for kind in kinds}
    return made


def _scheme(service: Service) -> dict[str, Any]:
    auth = service.provider.auth
    if auth.scheme == "query":
        return {"type": "apiKey", "in": "query", "name": auth.name}
    return {"type": "http", "scheme": auth.scheme}


def page(box: Box) -> str:
    """Every row of every provider, and the sandbox's own doors."""
    from .control import PATHS
    from .quirks import QUIRKS
    from .services import SERVICES

    parts = [_TOP]
    for service in SERVICES:
        parts.append(
            f"<h2>{escape(service.provider.title)}</h2><p>{escape(box.base + service.prefixes[-1])}</p><table>"
        )
        parts += [_row(f"{row.method} {service.prefixes[-1]}{row.path}", row.title.en) for row in service.rows]
        parts.append("</table>")
    parts.append("<h2>Sandbox</h2><table>")
    parts += [_row(name, what) for name, what in PATHS.items()]
    parts.append("</table><h2>Quirks</h2><table>")
    parts += [_row(quirk.name, f"{quirk.provider}: {quirk.title.en}") for quirk in QUIRKS]
    return "".join([*parts, "</table></html>"])


def _row(name: str, what: str) -> str:
    return f"<tr><td><code>{escape(name)}</code></td><td>{escape(what)}</td></tr>"


_TOP: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>fatturakit sandbox</title>'
    "<style>body{font:1rem/1.4 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>"
    '<h1>fatturakit sandbox</h1><p><a href="/openapi.json">openapi.json</a></p>'
)
