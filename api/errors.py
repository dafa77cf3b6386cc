"""What can go wrong in the backend and the command line.

```
ApiError                     a message in Vietnamese: what happened and what to do
├── NoSuchRevision           no import to go back to, or none of that number
├── NothingHeld              what is to be confirmed is not held
├── KeyRefused               a machine key is unknown, revoked, too old or too weak
├── StaffRefused             an official's account is unknown, taken, or its password weak
├── TooMany                  this person, this address or everybody writes too fast
├── BackupUnusable           a file is no backup, damaged, or of a newer motcua; nothing changed
├── RestoreRefused           what is there would be lost, or a server is running; nothing changed
├── PlatformRefused          Telegram or Zalo does not take what was set, or does not answer
├── SettingsInvalid          an environment variable holds a value that cannot be used
└── CannotStart              something that every answer needs is missing or damaged
    ├── ModelUnusable        the language model's folder
    ├── KnowledgeUnusable    the content that ships, or an export named beside it
    └── DataFolderUnusable   the folder or database that keeps conversations
```
While turns are running, the store raises `bot.errors.StoreUnavailable` instead.
"""


class ApiError(Exception):
    """The base of this package's errors; `str(error)` is fit for officials to read."""


class SettingsInvalid(ApiError):
    """An environment variable holds a value that cannot be used."""


class PlatformRefused(ApiError):
    """Telegram or Zalo does not take what was set, or does not answer."""


class NoSuchRevision(ApiError):
    """There is no import to go back to, or none of the number that was named."""


class NothingHeld(ApiError):
    """What is to be confirmed is not held."""


class BackupUnusable(ApiError):
    """A file is no backup, damaged, or of a newer motcua; nothing changed."""


class RestoreRefused(ApiError):
    """What is there would be lost, or a server is running; nothing changed."""


class KeyRefused(ApiError):
    """A machine key is unknown, revoked, too old or too weak; the message never holds it."""


class StaffRefused(ApiError):
    """An account of an official is unknown or taken, or its password is too weak."""


class TooMany(ApiError):
    """This person, this address or everybody writes too fast; nothing was done."""

    def __init__(self, retry_after: float) -> None:
        """Take the seconds until one more is admitted."""
        super().__init__(
            "Tin nhắn đang đến nhanh quá nên hệ thống chưa nhận. "
            "Bạn chờ chừng một phút rồi gửi lại giúp nhé."
        )
        self.retry_after = retry_after


class CannotStart(ApiError):
    """Something that every answer needs is missing or damaged."""


class ModelUnusable(CannotStart):
    """The language model's folder is missing or damaged."""


class KnowledgeUnusable(CannotStart):
    """The content that ships, or an export named beside it, cannot be read."""


class DataFolderUnusable(CannotStart):
    """The folder or database that keeps conversations cannot be opened."""
