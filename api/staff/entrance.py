"""Who may come in: login and password against guessing, and the sessions that follow."""

import asyncio
import hashlib
import math
import secrets
from dataclasses import dataclass, field
from typing import Final

from api.dossier_desk.ports import Tries
from api.staff.passwords import Passwords
from api.staff_accounts import Clock, Official, StaffAccounts, as_login
from bot.dossiers.factors import FactorKey
from bot.dossiers.tries import BY_ADDRESS, HOUR_SECONDS, Limit, Subjects

BY_LOGIN: Final = Limit(free=5, longest_seconds=HOUR_SECONDS / 4, forget_seconds=HOUR_SECONDS)
"""Somebody who guesses on purpose keeps an official out for a quarter of an hour at a time, and
tries 96 passwords a day; against those that are taken that is nothing."""

AT_ONCE: Final = 2
"""So many logins are compared at a time: each takes 64 MiB, and every processor it finds. A flood
from one address ends where its wrong ones do: whoever waits is counted before she is compared."""

_TOKEN_BYTES: Final = 32
_LONGEST_TYPED: Final = 100
NOBODYS: Final = ""
"""Stands for a login that cannot be one; looked up all the same."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The official is who she says."""

    token: str = field(repr=False)
    """Of the new session."""


@dataclass(frozen=True, slots=True)
class WrongLogin:
    """No such account, a disabled one, or another password: which of them is never told."""


@dataclass(frozen=True, slots=True)
class TooManyLogins:
    """Nothing was compared."""

    seconds: int
    """After so long one may try again."""


LoginResult = LoggedIn | WrongLogin | TooManyLogins


class Entrance:
    """Lets officials in and out."""

    def __init__(
        self,
        accounts: StaffAccounts,
        tries: Tries,
        key: FactorKey,
        clock: Clock,
        hours: int,
        passwords: Passwords | None = None,
    ) -> None:
        """Take what is needed.

        Args:
            accounts: of the officials.
            tries: where wrong attempts are counted.
            key: names whose attempts they are, so that nobody is recognised.
            clock: seconds since 1970.
            hours: so long a session lasts at most.
            passwords: None: the usual ones.
        """
        self._accounts = accounts
        self._tries = tries
        self._key = key
        self._clock = clock
        self._hours = hours
        self._passwords = passwords or Passwords()
        self._free = asyncio.Semaphore(AT_ONCE)

    async def log_in(self, login: str, password: str, address: str) -> LoginResult:
        """Compare login and password, with the same work whatever is wrong with them.

        Args:
            login: as it was typed.
            password: as it was typed.
            address: the block of network addresses; empty: not known.

        Raises:
            StoreUnavailable: nobody was let in.
        """
        async with self._free:
            return await self._compared(login, password, self._subjects(login, address))

    async def _compared(self, login: str, password: str, subjects: Subjects) -> LoginResult:
        until = await self._tries.locked_until(subjects, self._clock())
        if until is not None:
            return self._later(until)
        kept = await self._accounts.find(as_login(login) or NOBODYS)
        fits, newer = await self._passwords.fits(password, kept.password_hash if kept else None)
        right = fits and kept is not None and not kept.is_disabled
        until = await self._tries.settle(subjects, right=right, now=self._clock())
        if until is not None:
            return self._later(until)
        if not right or kept is None:
            return WrongLogin()
        if newer is not None:
            kept = await self._accounts.renew_hash(kept, newer)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        opened = await self._accounts.open_session(kept, hash_of(token), self._hours)
        return LoggedIn(token) if opened else WrongLogin()

    async def recognise(self, token: str) -> Official | None:
        """Return whose session it is; None: nobody's, or not any more.

        Raises:
            StoreUnavailable: nobody was let in.
        """
        return await self._accounts.recognise(hash_of(token)) if token else None

    async def log_out(self, token: str) -> None:
        """End a session.

        Raises:
            StoreUnavailable: it goes on.
        """
        if token:
            await self._accounts.close_session(hash_of(token))

    def _subjects(self, login: str, address: str) -> Subjects:
        typed = login.strip().lower()[:_LONGEST_TYPED]
        limits = {self._key.subject("staff", typed): BY_LOGIN}
        if address:
            limits[self._key.subject("staff-address", address)] = BY_ADDRESS
        return Subjects(limits, own=self._key.subject("staff-own", typed, address))

    def _later(self, until: float) -> TooManyLogins:
        return TooManyLogins(max(1, math.ceil(until - self._clock())))


def hash_of(token: str) -> str:
    """Return what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
