"""What `/v1/chat` takes and gives, as JSON."""

from typing import Annotated, Literal, Self, assert_never

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.deciding.act_values import rating_value
from bot.messages import (
    Block,
    Checklist,
    Choices,
    FactList,
    Heading,
    Link,
    Paragraph,
    Picture,
    Reply,
    StatusCard,
    Tone,
)
from bot.rendering import render_plain

SESSION_EXAMPLE = "vN3kq0l8b2mY7cTfJr5wXhPzAeUgDsKiOoQ1t6yLBnE"


class SessionOut(BaseModel):
    """A new session; whoever holds it reads and continues the conversation, so keep it secret."""

    session: str = Field(examples=[SESSION_EXAMPLE])


class MessageIn(BaseModel):
    """One message of a citizen: either typed `text` or the `value` of a pressed choice."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["choice"]}],
            "examples": [
                {
                    "session": SESSION_EXAMPLE,
                    "client_message_id": "1",
                    "text": "làm giấy khai sinh cho con cần giấy tờ gì",
                }
            ],
        },
    )

    session: str = Field(min_length=1, max_length=200)
    client_message_id: str = Field(
        pattern=r"^[A-Za-z0-9._:-]{1,100}$",
        description="Tự đặt, mỗi tin nhắn một mã. Gửi lại cùng mã thì nhận lại câu trả lời cũ.",
    )
    text: str = Field("", description="Câu hỏi được gõ.")
    choice: str = Field(
        "", min_length=1, max_length=64, description="Giá trị value của nút được bấm."
    )

    @field_validator("session", "text", "choice")
    @classmethod
    def _encodable(cls, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError as error:  # JSON can hold half a surrogate pair
            raise ValueError("Có ký tự không hợp lệ.") from error
        return value

    @model_validator(mode="after")
    def _either(self) -> Self:
        if ("text" in self.model_fields_set) == ("choice" in self.model_fields_set):
            raise ValueError("Hãy gửi đúng một trong hai mục text và choice.")
        return self


class HeadingOut(BaseModel):
    """The name of the procedure that the next blocks are about."""

    type: Literal["heading"] = "heading"
    text: str


class ParagraphOut(BaseModel):
    """Plain text."""

    type: Literal["paragraph"] = "paragraph"
    text: str


class FactsOut(BaseModel):
    """A titled list; `ordered`: numbered steps."""

    type: Literal["facts"] = "facts"
    title: str
    items: list[str]
    ordered: bool


class ChoiceOut(BaseModel):
    """A button."""

    label: str
    value: str


class ChoicesOut(BaseModel):
    """Buttons; `open_question`: a typed number chooses too."""

    type: Literal["choices"] = "choices"
    items: list[ChoiceOut]
    open_question: bool


class LinkOut(BaseModel):
    """A link with its label."""

    type: Literal["link"] = "link"
    label: str
    url: str


class FactOut(BaseModel):
    """A value and what it is."""

    label: str = Field(examples=["Ngày hẹn trả"])
    value: str = Field(examples=["thứ tư, 25/11/2026"])


class StatusOut(BaseModel):
    """How a dossier stands; `day` of `of` working days are used, null: not known."""

    type: Literal["status"] = "status"
    title: str = Field(examples=["Đăng ký thường trú"])
    state: str = Field(examples=["Đang xử lý"])
    tone: Tone
    facts: list[FactOut]
    progress: str = Field(examples=["Ngày thứ 4 trên 7 ngày làm việc, còn 3 ngày"])
    day: int | None = Field(examples=[4])
    of: int | None = Field(examples=[7])


class PictureOut(BaseModel):
    """One of our pictures; `url` is relative to this server."""

    type: Literal["picture"] = "picture"
    url: str = Field(examples=["/static/giay-hen.png"])
    alt: str


class CheckItemOut(BaseModel):
    """One paper of a list; pressing `value` ticks it, or takes the tick back."""

    text: str = Field(examples=["Giấy chứng sinh: 1 bản chính"])
    notes: list[str]
    ticked: bool
    seen: bool = Field(description="Cán bộ một cửa đã thấy giấy tờ này.")
    value: str = Field(examples=["file:1.001193:on:0a1b2c3d"])


class ChecklistOut(BaseModel):
    """A list whose items can be ticked."""

    type: Literal["checklist"] = "checklist"
    title: str
    items: list[CheckItemOut]


BlockOut = Annotated[
    HeadingOut
    | ParagraphOut
    | FactsOut
    | ChoicesOut
    | LinkOut
    | StatusOut
    | PictureOut
    | ChecklistOut,
    Field(discriminator="type"),
]


class SourceOut(BaseModel):
    """Where the facts of the answer come from."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(examples=["Thủ tục đăng ký khai sinh"])
    decision: str
    as_of: str = Field(examples=["2026-07"])
    url: str


class ReplyOut(BaseModel):
    """What the assistant answers."""

    text: str = Field(description="Cả câu trả lời dưới dạng chữ thuần.")
    blocks: list[BlockOut]
    sources: list[SourceOut]
    outcome: str = Field(examples=["answered_documents"])
    procedure: str | None = Field(examples=["1.001193"])
    candidates: list[str] = Field(examples=[["1.001193", "2.000528"]])
    in_place: bool = Field(
        description="Trạng thái mới của danh sách hay bước có nút vừa bấm: nên thay vào chỗ cũ."
    )
    ratings: list[ChoiceOut] = Field(
        description="Nút đánh giá câu trả lời; gửi value trong choice. Trống: không đánh giá được.",
        examples=[[{"label": "👍", "value": "rate:up:7"}, {"label": "👎", "value": "rate:down:7"}]],
    )


def reply_out(reply: Reply, turn: int | None = None) -> ReplyOut:
    """Return `reply` as the API shows it.

    Args:
        reply: what was answered.
        turn: the number under which it can be rated; None: it cannot.
    """
    return ReplyOut(
        text=render_plain(reply),
        blocks=[_block(block) for block in reply.blocks],
        sources=[
            SourceOut(
                code=source.code,
                name=source.name,
                decision=source.decision,
                as_of=source.as_of,
                url=source.url,
            )
            for source in reply.sources
        ],
        outcome=str(reply.outcome),
        procedure=reply.procedure,
        candidates=list(reply.candidates),
        in_place=reply.in_place,
        ratings=[] if turn is None else rating_choices(turn),
    )


def rating_choices(turn: int) -> list[ChoiceOut]:
    """Return the two buttons that rate the answer of a turn."""
    return [
        ChoiceOut(label=label, value=rating_value(turn, up=up))
        for label, up in (("👍", True), ("👎", False))
    ]


def _block(block: Block) -> BlockOut:  # noqa: C901, PLR0911, PLR0912 - one line a block
    match block:
        case Heading(text):
            return HeadingOut(text=text)
        case Paragraph(text):
            return ParagraphOut(text=text)
        case FactList(title, items, ordered):
            return FactsOut(title=title, items=list(items), ordered=ordered)
        case Choices(items, open_question):
            choices = [ChoiceOut(label=item.label, value=item.value) for item in items]
            return ChoicesOut(items=choices, open_question=open_question)
        case Link(label, url):
            return LinkOut(label=label, url=url)
        case StatusCard():
            return _status(block)
        case Picture(name, alt):
            return PictureOut(url=f"/static/{name}.png", alt=alt)
        case Checklist():
            return _checklist(block)
        case _:
            assert_never(block)


def _checklist(block: Checklist) -> ChecklistOut:
    items = [
        CheckItemOut(
            text=one.text,
            notes=list(one.notes),
            ticked=one.ticked,
            seen=one.seen,
            value=one.value,
        )
        for one in block.items
    ]
    return ChecklistOut(title=block.title, items=items)


def _status(card: StatusCard) -> StatusOut:
    return StatusOut(
        title=card.title,
        state=card.state,
        tone=card.tone,
        facts=[FactOut(label=fact.label, value=fact.value) for fact in card.facts],
        progress=card.progress,
        day=card.day,
        of=card.of,
    )
