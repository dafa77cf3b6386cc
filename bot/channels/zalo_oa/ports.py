"""What sending needs from whoever keeps the tokens."""

from typing import Protocol


class AccessTokens(Protocol):
    """The access token of the Official Account.

    A renewal kills the token before it at once (protocols §1.7), also for requests under way.
    """

    async def current(self) -> str:
        """Return the token in force.

        Raises:
            bot.channels.errors.TryLater: it cannot be read or renewed now.
            bot.channels.errors.ChannelBroken: nobody has authorised us, or no more; an operator
                must give consent again.
        """
        ...

    async def renew(self, failed: str) -> str:
        """Return a token other than `failed`, which the platform has just refused.

        However many ask at once, and however many replicas: one renewal. Where somebody has
        renewed since `failed` was read, nothing is asked of the platform.

        Raises:
            bot.channels.errors.TryLater: it cannot be renewed now.
            bot.channels.errors.ChannelBroken: the platform does not renew it; an operator must
                give consent again.
        """
        ...
