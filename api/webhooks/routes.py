"""`/webhooks/…`: answered as soon as the event is stored; what it says is answered later."""

from fastapi import APIRouter, Request, Response

from api.channel_settings import WEBHOOK_PATHS
from api.problems import ProblemError, problem_docs
from api.wiring.messaging import Messaging
from api.wiring.services import Services
from bot.channels.base import Channel
from bot.channels.errors import Malformed, Unauthentic


def webhook_router(services: Services) -> APIRouter:
    """Return one route for each channel that is on; those that are off are not there."""
    router = APIRouter(tags=["Kênh"])
    if services.messaging is not None:
        for channel in services.messaging.channels.values():
            _add(router, channel, services.messaging)
    return router


def _add(router: APIRouter, channel: Channel, messaging: Messaging) -> None:
    async def receive(request: Request) -> Response:
        """Nhận một sự kiện của nền tảng; trả lời 200 ngay khi đã lưu."""
        body = await request.body()
        try:
            arrivals = channel.read(body, request.headers)
        except Unauthentic as error:
            messaging.meters.webhook_refused(channel.name, type(error).__name__)
            raise ProblemError(403, "Chữ ký hoặc chuỗi bí mật không đúng.") from error
        except Malformed as error:
            messaging.meters.webhook_refused(channel.name, type(error).__name__)
            raise ProblemError(400) from error
        await messaging.receiving.take(arrivals)
        return Response()

    router.add_api_route(
        WEBHOOK_PATHS[channel.name],
        receive,
        methods=["POST"],
        summary=f"Sự kiện từ {channel.name}",
        responses=problem_docs(400, 403, 413),
        response_class=Response,
    )
