"""Puts the routes together. Nothing is built here: `api.wiring` hands everything in."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from api.chat.routes import chat_router
from api.dossiers.keys import Lock
from api.dossiers.machine import machine_router
from api.dossiers.routes import look_up_router
from api.health import health_router
from api.metrics import metrics_router
from api.middleware import Edge
from api.online_services.open_data import online_services_router
from api.online_services.page import online_page_router
from api.page.routes import page_router
from api.problems import install_problem_handlers
from api.procedures.routes import procedures_router
from api.reference.routes import reference_router
from api.slips.routes import slips_router
from api.staff.routes import staff_router
from api.static_files import STATIC
from api.webhooks.routes import webhook_router
from api.wiring.services import Services

DESCRIPTION = (
    "Hỏi đáp thủ tục hành chính: giấy tờ, lệ phí, thời gian, các bước, nơi nộp, căn cứ pháp lý. "
    "Mỗi câu trả lời ghi rõ nguồn. Lỗi có một dạng duy nhất theo RFC 9457."
)
GZIP_FROM_BYTES = 1024


def create_app(services: Services) -> ASGIApp:
    """Return the whole HTTP application, answered by `services`."""
    app = FastAPI(
        title="Một cửa",
        summary="Trợ lý dịch vụ công trực tuyến",
        description=DESCRIPTION,
        version="1",
        docs_url=None,  # the usual pages load their script from elsewhere: see api.reference
        redoc_url=None,
    )
    install_problem_handlers(app)
    app.include_router(chat_router(services))
    app.include_router(procedures_router(services))
    app.include_router(online_services_router(services))
    app.include_router(online_page_router(services))
    app.include_router(health_router(services))
    app.include_router(metrics_router(services))
    app.include_router(page_router(services))
    app.include_router(webhook_router(services))
    if services.zalo is not None:
        from api.consent.routes import consent_router  # noqa: PLC0415 - cryptography, 9 MB

        app.include_router(consent_router(services.zalo))
    if services.dossiers is not None:
        app.include_router(look_up_router(services, services.dossiers))
    if services.book is not None and services.keys is not None:
        lock = Lock(services.keys, services.limiter)
        app.include_router(machine_router(services.book, lock, services.now))
    if services.slips is not None and services.staff is not None:
        app.include_router(slips_router(services, services.slips, services.staff.desk))
        app.include_router(staff_router(services, services.staff))
    app.include_router(reference_router(app))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM_BYTES)
    return Edge(app, services.body_max_bytes)
