"""`/v1/chat`: open a session, send a message, read the answer in the response."""

from fastapi import APIRouter, Request

from api.chat.schemas import MessageIn, ReplyOut, SessionOut, reply_out
from api.problems import FieldProblem, ProblemError, problem_docs
from api.wiring.services import Services

NO_SESSION = "Phiên này không có. Hãy mở phiên mới bằng POST /v1/chat/sessions."


def client_of(request: Request) -> str:
    """Return the network address that asks; a proxy's word counts only if it is trusted."""
    return request.client.host if request.client else ""


def chat_router(services: Services) -> APIRouter:
    """Return the routes of `/v1/chat`, answered by `services`."""
    router = APIRouter(prefix="/v1/chat", tags=["Hỏi đáp"])

    @router.post(
        "/sessions",
        status_code=201,
        summary="Mở một phiên trò chuyện",
        responses=problem_docs(413, 415, 429),
    )
    async def open_session(request: Request) -> SessionOut:
        """Trả về mã phiên không đoán được. Ai giữ mã thì tiếp tục được cuộc trò chuyện."""
        return SessionOut(session=await services.open_session(client_of(request)))

    @router.post(
        "/messages",
        summary="Gửi một câu hỏi và nhận câu trả lời",
        responses=problem_docs(400, 404, 413, 415, 422, 429),
    )
    async def send_message(message: MessageIn, request: Request) -> ReplyOut:
        """Gửi lại cùng `client_message_id` thì nhận lại câu trả lời cũ, không hỏi thêm lần nữa."""
        too_long = services.too_long(message.text)
        if too_long:
            raise ProblemError(422, errors=[FieldProblem(field="text", message=too_long)])
        told = await services.answer(
            message.session,
            message.client_message_id,
            message.text,
            message.choice,
            client_of(request),
        )
        if told is None:
            raise ProblemError(404, NO_SESSION)
        return reply_out(told.reply, told.turn)

    return router
