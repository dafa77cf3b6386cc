"""How the tokens are, as an operator asks: `motcua zalo status` and `motcua doctor`."""

from dataclasses import dataclass
from typing import Final

from bot.channels.zalo_oa.chain import TokenChain
from bot.channels.zalo_oa.sealing import KEY_WRONG, WrongKey
from bot.channels.zalo_oa.tokens import NO_CONSENT, REFUSED

REFRESH_DAYS: Final = 90
"""So long a refresh token lives (protocols §1.7: three months)."""

WARNING_DAYS: Final = 76
"""A chain that was not renewed for so long ends within two weeks."""

_DAY_SECONDS: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class TokenHealth:
    """What can be told of the tokens without showing them."""

    consented: bool = False
    key_fits: bool = True
    oa_id: str = ""
    """The Official Account that gave consent; empty: unknown."""
    expires_at: float | None = None
    """When the access token ends, in seconds since 1970."""
    renewed_at: float | None = None
    failed_at: float | None = None
    """None: the last renewal went well."""
    failure: str = ""
    """Why the last renewal failed, e.g. `refused oauth -14014`."""
    unsettled: bool = False
    """An answer of Zalo's waits to be taken over by the next server that looks."""

    def faults(self, now: float) -> list[str]:
        """Return what is wrong and what to do about it, in Vietnamese; nothing: all is well."""
        if not self.key_fits:
            return [KEY_WRONG]
        if not self.consented:
            return [NO_CONSENT]
        if self.failure.startswith("refused"):
            return [f"{REFUSED} (Zalo trả lời: {self.failure.removeprefix('refused ')})"]
        faults = []
        if self.failure:
            reason = self.failure.removeprefix("failed ")
            faults.append(
                f"Lần gia hạn token Zalo gần nhất chưa được ({reason}). "
                "Máy chủ sẽ tự thử lại; hãy kiểm tra kết nối tới ZALO_OAUTH_URL."
            )
        if self.renewed_at is not None and now - self.renewed_at > WARNING_DAYS * _DAY_SECONDS:
            faults.append(
                f"Token Zalo lâu chưa gia hạn; quá {REFRESH_DAYS} ngày thì phải cấp quyền lại. "
                "Hãy chạy motcua serve để gia hạn, hoặc: motcua zalo authorize"
            )
        return faults


async def token_health(chain: TokenChain) -> TokenHealth:
    """Read how the tokens are; changes nothing.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    row = await chain.store.read()
    if row is None:
        return TokenHealth()
    try:
        link = await chain.read()
    except WrongKey:
        return TokenHealth(consented=bool(row.sealed), key_fits=False, renewed_at=row.renewed_at)
    return TokenHealth(
        consented=link.pair is not None or link.unsettled,
        oa_id=link.pair.oa_id if link.pair else "",
        expires_at=link.pair.expires_at if link.pair else None,
        renewed_at=row.renewed_at,
        failed_at=row.failed_at,
        failure=row.failure or "",
        unsettled=link.unsettled,
    )
