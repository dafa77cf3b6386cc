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
from typing import Self

from tests.support.local_http import Answered, Asked, LocalHttp
from tests.support.zalo_oauth import ACCESS_TOKEN, PERMISSION, OAuth

APP_ID = "360846524940903967"
APP_SECRET = "app-secret-of-the-tests"  # noqa: S105 - made up
OA_ID = "388613280878808645"


class ZaloOaServer:
    """The servers oauth.zaloapp.com and openapi.zalo.me in one."""

    def __init__(self) -> None:
        self.oauth = OAuth(APP_ID, APP_SECRET, OA_ID)
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

    def _answer(self, asked: Asked) -> Answered:
        match asked.method, asked.path:
            case "GET", path if path == PERMISSION:
                return self.oauth.consent(asked)
            case "POST", path if path == ACCESS_TOKEN:
                return self.oauth.exchange(asked)
        return Answered(status=404)
