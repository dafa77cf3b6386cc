"""Puts the routes together. Nothing is built here: `api.wiring` hands everything in."""

from fastapi import FastAPI
from starlette.types import ASGIApp

from api.health import router as health
from api.middleware import Edge
from api.problems import install_problem_handlers


def create_app(body_max_bytes: int) -> ASGIApp:
    """Return the whole HTTP application."""
    app = FastAPI(
        title="Một cửa",
        summary="Trợ lý dịch vụ công trực tuyến",
        version="1",
        docs_url=None,  # the usual page loads its script from elsewhere
        redoc_url=None,
    )
    install_problem_handlers(app)
    app.include_router(health)
    return Edge(app, body_max_bytes)
