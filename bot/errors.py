"""What can go wrong around a conversation.

```
BotError
├── NluError                 the language model did not help; the citizen is told to try again
│   ├── NluUnreachable       no answer: not started, too slow, or the server answered an error
│   └── NluAnswerInvalid     an answer that is not the JSON of Rasa's /model/parse
├── StoreUnavailable         the conversation could not be read or kept; nothing was stored
└── PhrasebookInvalid        the file of sentences has a fault; all faults are named at once
```
"""


class BotError(Exception):
    """Base of everything this package raises."""


class NluError(BotError):
    """The language model did not help."""


class NluUnreachable(NluError):
    """The language model gave no answer."""


class NluAnswerInvalid(NluError):
    """The language model gave an answer of another shape than Rasa's."""


class StoreUnavailable(BotError):
    """The conversation could not be read or kept; nothing was stored."""


class PhrasebookInvalid(BotError):
    """The file of sentences has a fault."""
