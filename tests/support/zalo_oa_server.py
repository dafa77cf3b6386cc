"""An emulator of Zalo's Official Account platform, at the wire: OAuth and sending.

```
with ZaloOaServer() as zalo:
    zalo.oauth.give_pair()  # as if the operator had given consent
    ZALO_OAUTH_URL = ZALO_OA_API_URL = zalo.url
    zalo.http.fail(ACCESS_TOKEN, Fault(cut=True))  # acted on, and the line breaks
```
No emulator of others exists. What keeps this one honest: the signature vector of the official Java
code, PyPI `zalo-sdk` sending through it, and the payloads of the protocol page (§1).
"""

from types import TracebackType
from typing import Any, Self

from tests.support.local_http import Answered, Asked, LocalHttp
from tests.support.zalo_oa_events import APP_ID, OA_ID, a_payload
from tests.support.zalo_oa_messages import GET_OA, TO_ANONYMOUS, TO_PEOPLE, Messages
from tests.support.zalo_oa_webhook import Webhook
from tests.support.zalo_oauth import ACCESS_TOKEN, PERMISSION, OAuth

APP_SECRET = "app-secret-of-the-tests"  # noqa: S105 - made up


class ZaloOaServer:
    """The servers oauth.zaloapp.com and openapi.zalo.me in one."""

    def __init__(self) -> None:
        self.oauth = OAuth(APP_ID, APP_SECRET, OA_ID)
        self.messages = Messages(self.oauth)
        self.webhook = Webhook()
        self.account: dict[str, Any] = {"oaid": OA_ID, "name": "Phường Bến Nghé"}
        """What Zalo tells of the Official Account."""
        self.http = LocalHttp(self._answer)

    def __enter__(self) -> Self:
        self.http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        """The address of every server that is emulated, without a slash at its end."""
        return self.http.url

    def echo_to_webhook(self) -> None:
        """Tell the webhook of every message that we send, before the sender is answered."""
        self.messages.echo = self._echo

    def _echo(self, person: str, message: dict[str, Any], number: str) -> None:
        kind = "oa_send_list" if "attachment" in message else "oa_send_text"
        said = {"text": message.get("text", ""), "msg_id": number}
        self.webhook.post(a_payload(kind, recipient={"id": person}, message=said))

    def _answer(self, asked: Asked) -> Answered:
        match asked.method, asked.path:
            case "GET", path if path == PERMISSION:
                return self.oauth.consent(asked)
            case "POST", path if path == ACCESS_TOKEN:
                return self.oauth.exchange(asked)
            case "POST", path if path in {TO_PEOPLE, TO_ANONYMOUS}:
                return self.messages.send(asked)
            case "GET", path if path == GET_OA:
                return self.messages.account(asked, self.account)
        return Answered(status=404)
