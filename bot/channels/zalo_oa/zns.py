"""Template messages (ZNS) that tell citizens how their dossiers stand (protocols §1.8).

They reach a telephone number, whether or not its owner ever wrote to the Official Account; each
costs money. Zalo approves the template beforehand; ours has a table with `PARAMETERS`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.zalo_oa.api import Answer, Api
from bot.channels.zalo_oa.codes import CODES, Code, Meaning, failure, wants_new_token
from bot.channels.zalo_oa.events import ZNS
from bot.channels.zalo_oa.phones import international
from bot.channels.zalo_oa.ports import AccessTokens
from bot.channels.zalo_oa.zns_ports import Fate, ZnsLog

PATH: Final = "/message/template"
SENDING_MODE: Final = "1"
"""Within the quota; 3 would go over it, which Zalo allows few accounts."""

VALUE_CHARACTERS: Final = 90
"""Of a value in the table of a template."""

NO_DUE_DAY: Final = "Chưa có"
"""Zalo takes no empty value."""

PARAMETERS: Final = ("ma_ho_so", "thu_tuc", "trang_thai", "ngay_hen_tra")
"""Names are ASCII; the approved template must have exactly these."""

_TEMPLATE: Final = "Kiểm tra mẫu ở ZALO_ZNS_TEMPLATE_ID."

ZNS_CODES: Final[Mapping[int, Code]] = {
    **CODES,
    -100: Code(Meaning.BUSY, "Zalo báo lỗi không rõ. Hệ thống tự gửi lại."),
    -101: Code(Meaning.OPERATOR, "Ứng dụng không hợp lệ. Kiểm tra ZALO_OA_APP_ID."),
    -102: Code(Meaning.OPERATOR, "Ứng dụng không tồn tại. Kiểm tra ZALO_OA_APP_ID."),
    -103: Code(Meaning.OPERATOR, "Ứng dụng chưa được kích hoạt. Bật ở developers.zalo.me."),
    -104: Code(Meaning.OPERATOR, "Khoá bí mật của ứng dụng sai. Kiểm tra ZALO_OA_APP_SECRET."),
    -105: Code(Meaning.OPERATOR, "Ứng dụng chưa nối với Official Account nào."),
    -108: Code(Meaning.PERSON, "Số điện thoại không hợp lệ."),
    -109: Code(Meaning.OPERATOR, f"Mã mẫu không đúng hoặc chưa được duyệt. {_TEMPLATE}"),
    -110: Code(Meaning.PERSON, "Ứng dụng Zalo của người này quá cũ."),
    -111: Code(Meaning.WORDING, f"Mẫu thiếu dữ liệu. {_TEMPLATE}"),
    -112: Code(Meaning.WORDING, f"Dữ liệu không khớp mẫu. {_TEMPLATE}"),
    -113: Code(Meaning.WORDING, f"Nút của mẫu không hợp lệ. {_TEMPLATE}"),
    -114: Code(Meaning.PERSON, "Người này không nhận được: tài khoản khoá, từ chối, máy cũ."),
    -115: Code(Meaning.OPERATOR, "Tài khoản ZNS không đủ số dư. Nạp thêm ở zalo.cloud."),
    -117: Code(Meaning.OPERATOR, f"Official Account không được dùng mẫu này. {_TEMPLATE}"),
    -118: Code(Meaning.PERSON, "Số này không có tài khoản Zalo, hoặc tài khoản đã khoá."),
    -119: Code(Meaning.PERSON, "Tài khoản này không nhận tin theo mẫu."),
}
"""From zalo.cloud/zns/guidelines/handle-error-code, read in November 2026; what is not there means
what it means for other messages."""


@dataclass(frozen=True, slots=True)
class DossierAlert:
    """What is to be told of one dossier to one person who asked for it."""

    phone: str = field(repr=False)
    """As it was given."""
    reference: str
    """Whose wish and which change it is; the words may differ, and it is told once."""
    dossier_code: str = field(repr=False)
    procedure: str
    status: str
    """In words, as the citizen reads them."""
    due: str = ""
    """The day on which the result is due, as it is read; empty: none is set."""

    @property
    def tracking_id(self) -> str:
        """The same for the same change, however often it is reported; tells nobody anything."""
        return f"hs-{hashlib.sha256(self.reference.encode()).hexdigest()[:40]}"

    @property
    def template_data(self) -> Mapping[str, str]:
        """The values of the template's table; long names are cut, a code never is."""
        code = " ".join(self.dossier_code.split())
        values = (code, _cut(self.procedure), _cut(self.status), _cut(self.due) or NO_DUE_DAY)
        return dict(zip(PARAMETERS, values, strict=True))


class Zns:
    """Sends alerts, each once. Where it is off, nobody builds it."""

    def __init__(
        self,
        api: Api,
        tokens: AccessTokens,
        log: ZnsLog,
        template_id: str,
        clock: Callable[[], float],
    ) -> None:
        """Take a clock that tells seconds since 1970."""
        self._api = api
        self._tokens = tokens
        self._log = log
        self._template_id = template_id
        self._clock = clock

    async def send(self, alert: DossierAlert) -> bool:
        """Send one alert. False: it was sent before, or it is on its way.

        Raises:
            RecipientGone: this number gets none.
            PartRefused: Zalo does not take these values.
            TryLater, ChannelBroken: it was not sent, and may be sent again later.
            FateUnknown: it had left when the line broke; it may be sent once more.
            StoreUnavailable: what was sent cannot be kept; before sending, unless the store fails
                at that very moment.
        """
        request = self._request(alert)
        if not await self._log.claim(alert.tracking_id, self._clock()):
            return False
        try:
            answer = await self._post(request)
            if answer.code != 0:
                raise failure(answer.code, ZNS_CODES)
        except DeliveryFailed as error:
            await self._log.settle(alert.tracking_id, _fate(error), reason=_reason(error))
            raise
        await self._log.settle(alert.tracking_id, Fate.SENT, message_id=answer.message_id)
        return True

    async def fate(self, alert: DossierAlert) -> Fate | None:
        """Return what became of an alert, None where it was never sent.

        Raises:
            StoreUnavailable: the log cannot be read.
        """
        row = await self._log.find(alert.tracking_id)
        return None if row is None else row.fate

    async def note_delivered(self, reference: str, at: float) -> bool:
        """Take Zalo's report that a message reached the telephone.

        Args:
            reference: of the arrival, `zns:<tracking id>`.
            at: seconds since 1970.

        Returns:
            False: the report is about no message of ours.
        """
        kind, _, tracking_id = reference.partition(":")
        return kind == ZNS and await self._log.note_delivered(tracking_id, at)

    def _request(self, alert: DossierAlert) -> Mapping[str, object]:
        phone = international(alert.phone)
        if not phone:
            raise RecipientGone("phone")
        data = check_template_data(alert.template_data)
        return {
            "phone": phone,
            "template_id": self._template_id,
            "template_data": data,
            "tracking_id": alert.tracking_id,
            "sending_mode": SENDING_MODE,
        }

    async def _post(self, request: Mapping[str, object]) -> Answer:
        token = await self._tokens.current()
        answer = await self._api.post(PATH, token, request)
        if wants_new_token(answer.code):
            answer = await self._api.post(PATH, await self._tokens.renew(token), request)
        return answer


def check_template_data(data: Mapping[str, str]) -> Mapping[str, str]:
    """Return `data` if Zalo can take it; messages that it refuses cost a call and tell less.

    Raises:
        PartRefused: a name is not ASCII, or a value is empty or too long.
    """
    for name, value in data.items():
        if not (name.isascii() and name.isidentifier()):
            raise PartRefused(f"template name {name!a}")
        if not value or len(value) > VALUE_CHARACTERS:
            raise PartRefused(f"template value {name}")
    return data


def _cut(text: str) -> str:
    """Return `text` on one line, cut between words where a table has no room for it.

    >>> _cut("Cấp   Giấy phép" + " xây dựng" * 20)[-10:]
    ' dựng xây…'
    """
    words = " ".join(text.split())
    if len(words) <= VALUE_CHARACTERS:
        return words
    kept = words[: VALUE_CHARACTERS - 1]
    if not words[VALUE_CHARACTERS - 1].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return f"{kept.rstrip()}…"


def _fate(error: DeliveryFailed) -> Fate:
    if isinstance(error, FateUnknown):
        return Fate.UNKNOWN
    return Fate.WAITING if isinstance(error, TryLater | ChannelBroken) else Fate.REFUSED


def _reason(error: DeliveryFailed) -> str:
    """Zalo's number, or the few words of ours in its place."""
    return str(error).partition(":")[0][:80]
