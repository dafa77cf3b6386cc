"""What can go wrong between a platform and us.

```
ChannelError
├── Unauthentic          the signature or the secret is missing or wrong; nothing was parsed
├── Malformed            authentic, but not what the platform promises to send
├── PollRefused          somebody else polls, or a webhook is set: wait, then ask again
└── DeliveryFailed       one part was not delivered
    ├── TryLater         it certainly did not arrive: busy, over a limit, not reachable
    │   └── Resting      it was not even tried: what failed before is left alone for a while
    ├── FateUnknown      it was on its way when the line broke: it may have arrived
    ├── PartRefused      the platform refuses how it is written; plain words may pass
    ├── RecipientGone    this person cannot be written to: blocked, left
    │   └── WindowClosed not before she does something here again: the platform's window is over
    └── ChannelBroken    nobody can be written to: token, permission, tariff; an operator must act
```
`str(error)` names the platform's code and never a token, an address of a request or a message.
"""

from bot.errors import BotError


class ChannelError(BotError):
    """Base of everything the channels raise."""


class Unauthentic(ChannelError):
    """The signature or the secret is missing or wrong."""


class Malformed(ChannelError):
    """The body is authentic, but not what the platform promises to send."""


class PollRefused(ChannelError):
    """Polling is not possible now."""


class DeliveryFailed(ChannelError):
    """One part was not delivered."""


class TryLater(DeliveryFailed):
    """The part certainly did not arrive; it will be sent again."""

    def __init__(
        self, reason: str, after_seconds: float | None = None, *, everybody: bool = False
    ) -> None:
        """Take what the platform said.

        Args:
            reason: the platform's code, for logs and metrics, e.g. `429`.
            after_seconds: how long the platform asks us to wait; None: it does not say.
            everybody: the limit is the channel's, not this person's.
        """
        super().__init__(reason)
        self.after_seconds = after_seconds
        self.everybody = everybody


class Resting(TryLater):
    """It was not tried: what failed before, and was noted then, is left alone for a while."""


class FateUnknown(DeliveryFailed):
    """The line broke after the request had left."""


class PartRefused(DeliveryFailed):
    """The platform refuses how the part is written."""


class RecipientGone(DeliveryFailed):
    """This person cannot be written to."""


class WindowClosed(RecipientGone):
    """This person cannot be written to until she does something here again."""


class ChannelBroken(DeliveryFailed):
    """Nobody can be written to until an operator acts."""
