"""The OAuth v4 server of Zalo, as far as Official Accounts use it (protocols §1.7).

Measured against nothing but the protocol page: the numbers of its errors are not documented, so
those here are our own, and nothing of ours may depend on them.
"""

import base64
import hashlib
import itertools
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.support.local_http import Answered, Asked

PERMISSION = "/v4/oa/permission"
ACCESS_TOKEN = "/v4/oa/access_token"  # noqa: S105 - a path
EXPIRES_IN = "90000"
"""25 hours, in seconds, as a string."""


@dataclass
class OAuth:
    """Hands out codes and tokens; every refresh token works once."""

    app_id: str
    app_secret: str
    oa_id: str
    access_token: str = ""
    """The only one that is alive; empty: none was ever given."""
    refresh_token: str = ""
    """The only one that works."""
    given: list[tuple[str, str]] = field(default_factory=list)
    """Every pair that was handed out, access token first."""
    refused: list[str] = field(default_factory=list)
    """Why requests were refused, in order."""
    used: list[str] = field(default_factory=list)
    """Every refresh token that was used up, in order."""
    broken: str = ""
    """Say this instead of renewing, with HTTP 200, and use up nothing."""
    _codes: dict[str, str] = field(default_factory=dict)
    """Code → the challenge that it was asked with."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def authorise(self, code_challenge: str = "") -> str:
        """Return a code, as the consent page hands it to the callback."""
        with self._lock:
            code = f"code-{next(self._numbers)}"
            self._codes[code] = code_challenge
        return code

    def give_pair(self) -> tuple[str, str]:
        """Make and return a pair of tokens, access token first, as if consent had been given."""
        with self._lock:
            return self._give()

    def consent(self, asked: Asked) -> Answered:
        """Send the operator's browser back to the callback, as after a click on “Cho phép”."""
        if asked.query.get("app_id") != self.app_id or not asked.query.get("redirect_uri"):
            return self._refuse("invalid app_id or redirect_uri")
        answer = {
            "code": self.authorise(asked.query.get("code_challenge", "")),
            "oa_id": self.oa_id,
        }
        if "state" in asked.query:
            answer["state"] = asked.query["state"]
        place = f"{asked.query['redirect_uri']}?{urlencode(answer)}"
        return Answered(status=302, headers={"Location": place})

    def exchange(self, asked: Asked) -> Answered:
        """Exchange a code or a refresh token; failures are HTTP 200 with an error."""
        form = asked.form
        with self._lock:
            if reason := self._fault(asked, form):
                return self._refuse(reason)
            if form["grant_type"] == "refresh_token":
                self.used.append(self.refresh_token)
            access, refresh = self._give()
        return Answered.json(
            {"access_token": access, "refresh_token": refresh, "expires_in": EXPIRES_IN}
        )

    def _fault(self, asked: Asked, form: dict[str, str]) -> str:
        if self.broken:
            return self.broken
        known = (asked.headers.get("secret_key"), form.get("app_id"))
        if known != (self.app_secret, self.app_id):
            return "invalid app"
        if form.get("grant_type") not in {"refresh_token", "authorization_code"}:
            return "invalid grant_type"
        if form.get("grant_type") == "refresh_token":
            alive = bool(self.refresh_token) and form.get("refresh_token") == self.refresh_token
            return "" if alive else "invalid refresh token"
        challenge = self._codes.pop(form.get("code", ""), None)
        return "" if challenge == _challenge(form) else "invalid code or code verifier"

    def _give(self) -> tuple[str, str]:
        """Kill the old pair, both at once, and make a new one."""
        number = next(self._numbers)
        self.access_token = f"access-token-number-{number}"
        self.refresh_token = f"refresh-token-number-{number}"
        self.given.append((self.access_token, self.refresh_token))
        return self.access_token, self.refresh_token

    def _refuse(self, reason: str) -> Answered:
        self.refused.append(reason)
        return Answered.json(
            {"error": -14000, "error_name": "Invalid request", "error_description": reason}
        )


def _challenge(form: dict[str, str]) -> str:
    """The challenge that the verifier answers; empty where the code was asked without one."""
    verifier = form.get("code_verifier", "")
    if not verifier:
        return ""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
