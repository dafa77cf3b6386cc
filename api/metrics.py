"""`/metrics` for Prometheus: closed unless METRICS_TOKEN is set and sent.

Whoever asks over this port may come through a proxy from anywhere, so there is no exception for
callers that seem to be near.
"""

import hmac

from fastapi import APIRouter, Request, Response

from api.meters import CONTENT_TYPE
from api.problems import ProblemError
from api.wiring.services import Services
from bot.errors import StoreUnavailable

CLOSED = "Số liệu đang đóng. Người vận hành mở bằng cách đặt METRICS_TOKEN."
WRONG = "Hãy gửi đúng METRICS_TOKEN: Authorization: Bearer …"


def metrics_router(services: Services) -> APIRouter:
    """Return the route that Prometheus asks; it is no part of the public interface."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        _authenticate(request.headers.get("authorization", ""), services.metrics_token)
        await _look(services)
        return Response(services.meters.text(), headers={"Content-Type": CONTENT_TYPE})

    return router


def _authenticate(given: str, token: str) -> None:
    if not token:
        raise ProblemError(403, CLOSED)
    scheme, _, secret = given.partition(" ")
    same = hmac.compare_digest(secret.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not same:
        raise ProblemError(401, WRONG)


async def _look(services: Services) -> None:
    """Ask for what nobody counts while it happens; a database that is away is shown as such."""
    services.meters.knows(len(services.library))
    try:
        waiting = await services.backlog.waiting()
        expires_at = await _token_expiry(services)
    except StoreUnavailable:
        services.meters.store_answers(answers=False)
        return
    services.meters.store_answers(answers=True)
    for queue, channels in waiting.items():
        services.meters.queue(queue, channels)
    if expires_at is not None:
        services.meters.token_expires("zalo_oa", expires_at)


async def _token_expiry(services: Services) -> float | None:
    """Return when the Official Account's token ends; None: there is none."""
    return (await services.zalo.health()).expires_at if services.zalo else None
