"""Keeps the tokens of the Official Account alive: one renewal at a time, and none is lost.

What can happen between a refresh token that was sent and the next pair in the store (§1.7, §5):

* The process dies, or the store does, after the answer came: the answer is in a side record or in
  the row, and the next look takes it over (`chain`).
* A caller is cancelled, or gives up after `PATIENCE_SECONDS`: the renewal goes on without it.
* The line breaks, or the process dies, before the answer came: nobody has the next pair. The same
  refresh token is tried again, because the request may never have arrived. If it was spent, Zalo
  refuses it, the alarm sounds, and an operator gives consent again: `motcua zalo authorize`. This
  window cannot be closed from our side.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

from bot.channels.errors import ChannelBroken, ChannelError, DeliveryFailed, FateUnknown, TryLater
from bot.channels.zalo_oa.chain import Link, TokenChain
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.pairs import TokenPair
from bot.channels.zalo_oa.sealing import WrongKey
from bot.channels.zalo_oa.token_ports import Alarm
from bot.errors import StoreUnavailable

PATIENCE_SECONDS: Final = 10.0
"""So long a message waits for a renewal; then it is sent later."""

EARLY_SECONDS: Final = 600.0
"""A token is renewed so long before it ends."""

LOOK_SECONDS: Final = 30.0
"""How often a server looks whether to renew, or whether another replica or an operator has."""

FRESH_SECONDS: Final = 30.0
"""A token younger than this that Zalo refuses is not renewed: the next would fare no better, and
every renewal kills the token of all messages under way."""

UNFINISHED_SECONDS: Final = 90.0
"""So long a renewal is left alone that began and left nothing: another replica may hold its answer,
and tries at every look to store it."""

FIRST_WAIT_SECONDS: Final = 30.0
LONGEST_WAIT_SECONDS: Final = 3600.0
"""Between renewals that fail; the wait doubles."""

NO_CONSENT: Final = "Zalo OA chưa được cấp quyền. Hãy chạy: motcua zalo authorize"
REFUSED: Final = "Zalo không gia hạn token. Hãy cấp quyền lại: motcua zalo authorize"
REFUSED_EVENT: Final = "zalo_token_refused"
NOT_RENEWED_EVENT: Final = "zalo_token_not_renewed"
UNFINISHED_EVENT: Final = "zalo_token_renewal_unfinished"
UNUSABLE_EVENT: Final = "zalo_token_unusable"
USABLE_EVENT: Final = "zalo_token_usable_again"


NOT_STORED: Final = (
    "Zalo đã cấp token nhưng chưa ghi được vào kho dữ liệu. Token đã nằm an toàn trong DATA_FOLDER "
    "và sẽ tự được ghi khi kho chạy lại; xem bằng lệnh: motcua zalo status"
)

Result = TypeVar("Result")


class TokenKeeper:
    """Hands out the access token in force (`ports.AccessTokens`), and renews it."""

    def __init__(
        self,
        oauth: OAuth,
        chain: TokenChain,
        clock: Callable[[], float],
        alarm: Alarm,
        relief: Callable[[str], None],
    ) -> None:
        """Take a clock that tells seconds since 1970, and who is told of trouble and its end."""
        self._oauth = oauth
        self._chain = chain
        self._clock = clock
        self._alarm = alarm
        self._pair: TokenPair | None = None
        self._version = 0
        self._failures = 0
        self._relief = relief
        self._told = ""
        self._refused: int | None = None
        """The version that Zalo refused to renew, until there is another."""
        self._renewing: asyncio.Task[TokenPair] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def oa_id(self) -> str:
        """The Official Account that gave consent, as far as this process has seen; else empty."""
        return self._pair.oa_id if self._pair else ""

    async def current(self) -> str:
        """Return the token in force, renewed where it has ended; see `AccessTokens.current`."""
        pair = self._pair or await self._reload()
        if pair is None:
            raise ChannelBroken(NO_CONSENT)
        if pair.expires_at <= self._clock():
            return await self.renew(pair.access)
        return pair.access

    async def renew(self, failed: str) -> str:
        """Return a token other than `failed`; see `AccessTokens.renew`."""
        if self._pair is not None and self._pair.access != failed:
            return self._pair.access
        if self._renewing is None or self._renewing.done():
            self._renewing = self._go(self._renew(failed))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return (await asyncio.shield(self._renewing)).access
        except TimeoutError:
            raise TryLater("oauth slow", everybody=True) from None

    async def consent(self, code: str, verifier: str, oa_id: str = "") -> None:
        """Put the tokens in force that an operator's consent gives.

        Raises:
            ChannelBroken: Zalo refuses the code.
            TryLater: Zalo was not reached; the code is still good.
            FateUnknown: Zalo was asked, and no answer came.
            StoreUnavailable: nothing was asked, or (the message tells) nothing is lost.
        """
        await asyncio.shield(self._go(self._consent(code, verifier, oa_id)))

    async def look(self) -> None:
        """Follow what others did, take over what waits, and renew what ends soon.

        Raises:
            ChannelError: there is no token that can be used.
        """
        pair = await self._reload()
        if pair is None:
            raise ChannelBroken(NO_CONSENT)
        early = min(EARLY_SECONDS, (pair.expires_at - pair.issued_at) / 2)
        if pair.expires_at - self._clock() <= early:
            await self.renew(pair.access)
        refused = self._refused is not None and self._refused >= self._version
        if (self._told or self._refused is not None) and not refused:
            self._told, self._refused = "", None
            self._relief(USABLE_EVENT)

    async def keep_fresh(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except (TryLater, FateUnknown):
                pass  # told where it arose; the next look tries again
            except ChannelError as error:
                if str(error) != self._told:
                    self._told = str(error)
                    self._alarm(UNUSABLE_EVENT, self._told)
            await sleep(LOOK_SECONDS)

    async def close(self) -> None:
        """Wait for a renewal under way: its answer is the only copy of the next pair."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _go(self, doing: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may be waiting any more

    async def _reload(self) -> TokenPair | None:
        try:
            link = await self._chain.read()
            if link.unsettled:
                async with self._chain.store.alone():
                    link = await self._chain.settle()
        except StoreUnavailable as error:
            if self._pair is not None:
                return self._pair
            raise TryLater("token store", everybody=True) from error
        return self._remember(link)

    def _remember(self, link: Link) -> TokenPair | None:
        if link.pair is not None and link.version >= self._version:
            self._pair, self._version = link.pair, link.version
        return self._pair

    async def _renew(self, failed: str) -> TokenPair:
        renewed: TokenPair | None = None
        try:
            async with self._chain.store.alone():
                renewed = await self._renew_alone(failed)
        except StoreUnavailable as error:
            if renewed is None:  # else only the lock was lost, at the end
                raise TryLater("token store", everybody=True) from error
        return renewed

    async def _renew_alone(self, failed: str) -> TokenPair:
        link = await self._chain.settle()
        pair = self._remember(link)
        if pair is None:
            raise ChannelBroken(NO_CONSENT)
        if pair.access != failed:
            return pair
        self._mind_haste(link, pair)
        return await self._exchange(link, pair)

    def _mind_haste(self, link: Link, pair: TokenPair) -> None:
        now = self._clock()
        self._wait_since(pair.issued_at, FRESH_SECONDS, now, TryLater("token refused while new"))
        refused = ChannelBroken(REFUSED) if link.failure.startswith("refused") else None
        error = refused or TryLater(link.failure)
        self._wait_since(link.failed_at, wait_seconds(self._failures), now, error)
        if link.attempt_at is not None:
            elsewhere = TryLater("token renewal unfinished")
            self._wait_since(link.attempt_at, UNFINISHED_SECONDS, now, elsewhere)
            self._alarm(UNFINISHED_EVENT, "")

    @staticmethod
    def _wait_since(since: float | None, seconds: float, now: float, error: DeliveryFailed) -> None:
        """Raise `error` while less than `seconds` have passed; clocks may disagree a little."""
        if since is None or abs(now - since) >= seconds:
            return
        if isinstance(error, TryLater):
            error.after_seconds, error.everybody = min(since + seconds - now, seconds), True
        raise error

    async def _exchange(self, link: Link, pair: TokenPair) -> TokenPair:
        try:
            await self._chain.begin(link, self._clock())
            raw = await self._oauth.renew(pair.refresh)
            answer = self._chain.catch(raw, link, self._clock())
            taken = await self._chain.take_over(answer, link)
        except DeliveryFailed as error:
            return await self._failed(error, link)
        self._failures = 0
        return self._remember(taken) or pair

    async def _failed(self, error: DeliveryFailed, link: Link) -> TokenPair:
        """Tell what happened, and raise it; unless another replica has renewed after all."""
        self._failures += 1
        after = await self._chain.read()
        if after.pair is not None and after.version > link.version:
            self._remember(after)
            return after.pair
        refused = isinstance(error, ChannelBroken)
        self._refused = link.version if refused else self._refused
        self._alarm(REFUSED_EVENT if refused else NOT_RENEWED_EVENT, str(error))
        await self._chain.store.note_pending(None)
        kind = "refused" if refused else "failed"
        await self._chain.store.note_failure(f"{kind} {error}", self._clock())
        if refused:
            raise ChannelBroken(REFUSED) from error
        raise TryLater(str(error), everybody=True) from error

    async def _consent(self, code: str, verifier: str, oa_id: str) -> None:
        taken: Link | None = None
        try:
            async with self._chain.store.alone():
                taken = await self._consent_alone(code, verifier, oa_id)
        except StoreUnavailable:
            if taken is None:  # else only the lock was lost, at the end
                raise
        self._failures = 0
        self._remember(taken)
        if taken.unsettled:
            raise StoreUnavailable(NOT_STORED)

    async def _consent_alone(self, code: str, verifier: str, oa_id: str) -> Link:
        try:
            link = await self._chain.settle()
        except WrongKey:
            link = await self._chain.start_over()
        await self._chain.begin(link, self._clock())
        try:
            raw = await self._oauth.redeem(code, verifier)
            answer = self._chain.catch(raw, link, self._clock(), oa_id)
            return await self._chain.take_over(answer, link)
        except DeliveryFailed:
            await self._chain.store.note_pending(None)
            raise


def wait_seconds(failures: int) -> float:
    """Return how long to wait after so many failures in a row.

    >>> [wait_seconds(number) for number in (0, 1, 2, 3, 8, 9000)]
    [30.0, 30.0, 60.0, 120.0, 3600.0, 3600.0]
    """
    doublings = min(max(failures - 1, 0), 10)
    return min(FIRST_WAIT_SECONDS * 2.0**doublings, LONGEST_WAIT_SECONDS)
