"""`/docs`: a page made from the OpenAPI document, without any script and any outside request.

FastAPI's own pages load Swagger UI or ReDoc from a CDN, which a closed network does not reach and
our content security policy forbids.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.problems import usual_problems

TEMPLATES: Final = Path(__file__).parent / "templates"
_METHODS: Final = ("get", "post", "put", "patch", "delete")


def reference_router(app: FastAPI) -> APIRouter:
    """Return the route of the reference of `app`."""
    router = APIRouter(include_in_schema=False)
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    @router.get("/docs")
    async def reference() -> HTMLResponse:
        document = app.openapi()
        page = templates.get_template("reference.html").render(
            info=document["info"],
            operations=list(_operations(document)),
            problems=usual_problems(),
        )
        return HTMLResponse(page)

    return router


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if operation := methods.get(method):
                yield {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "description": operation.get("description", ""),
                    "parameters": list(_parameters(document, operation)),
                    "example": _pretty(_example(document, _body(operation))),
                    "answer": _pretty(_example(document, _answer(operation))),
                    "statuses": sorted(operation["responses"]),
                }


def _parameters(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[dict[str, str]]:
    for parameter in operation.get("parameters", ()):
        yield {"name": parameter["name"], "description": parameter.get("description", "")}
    body = _resolve(document, _body(operation))
    for name, field in body.get("properties", {}).items():
        yield {"name": name, "description": field.get("description", "")}


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    return dict(content.get("application/json", {}).get("schema", {}))


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            content = response.get("content", {})
            return dict(content.get("application/json", {}).get("schema", {}))
    return {}


def _resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return dict(document["components"]["schemas"][name]) if name else schema


def _example(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Return an example of `schema`: its own, or one made of its parts."""
    schema = _resolve(document, schema)
    if examples := schema.get("examples"):
        return examples[0]
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if parts := schema.get("anyOf") or schema.get("oneOf"):
        return _example(document, parts[0])
    return _example_of_type(document, schema)


def _example_of_type(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    match schema:
        case {"properties": properties}:
            return {name: _example(document, field) for name, field in properties.items()}
        case {"enum": [first, *_]}:
            return first
        case {"items": items}:
            return [_example(document, items)]
        case {"type": kind}:
            return {"string": "…", "integer": 1, "number": 0.5, "boolean": True}.get(kind)
        case _:
            return None


def _pretty(example: Any) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2) if example is not None else ""
