"""Everything the assistant can decide to do: a closed union, matched with `assert_never`."""

from dataclasses import dataclass
from enum import StrEnum

from bot.deciding.act_decisions import ActDecision
from bot.deciding.dossier_decisions import DossierDecision, OneOfSeveral
from bot.deciding.faq_decisions import AnswerFaq, AskFaq
from bot.deciding.filing_days import FilingDay
from bot.deciding.filing_decisions import FilingDecision
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.options import Option
from bot.deciding.place_decisions import AskWard, NamedPlace, PlaceDecision, TellOffice
from bot.deciding.service_decisions import TellOnlineServices
from bot.dialogue import Menu
from bot.languages import Language
from bot.parse import AskedField
from knowledge.faq import Faq
from knowledge.procedure import Procedure


class Unread(StrEnum):
    """Why a message holds nothing to understand."""

    EMPTY = "empty"
    """No letter and no digit: nothing, blanks, emoji."""
    TOO_LONG = "too_long"
    ONLY_PERSONAL = "only_personal"
    """Nothing but personal data, which was masked."""
    BROKEN_BUTTON = "broken_button"
    """A button whose procedure or action is not known (any more)."""


class Talk(StrEnum):
    """Small talk and questions about the assistant itself; the value is the phrase key."""

    GREET = "talk.greet"
    GOODBYE = "talk.goodbye"
    THANKS = "talk.thanks"
    AFFIRM = "talk.affirm"
    DENY = "talk.deny"
    HELP = "talk.help"
    BOT_IDENTITY = "talk.bot_identity"
    FEEDBACK = "talk.feedback"
    INSULT = "talk.insult"
    CANCEL = "talk.cancel"


class Guide(StrEnum):
    """What the assistant explains itself, without a procedure; the value is the phrase key."""

    SCAM = "guide.scam"
    DATA_PRIVACY = "guide.data_privacy"
    ACCOUNT = "guide.account"
    PAYMENT = "guide.payment"
    PROCEDURES = "guide.procedures"


class Missing(StrEnum):
    """What the assistant cannot do; it says so, and what to do instead. The value is the key."""

    DOSSIER_STATUS = "missing.dossier_status"
    DOSSIER_SUBSCRIPTION = "missing.dossier_subscription"
    DOSSIER_CODE = "missing.dossier_code"
    DOSSIER_LATE = "missing.dossier_late"
    DOSSIER_SUPPLEMENT = "missing.dossier_supplement"
    DOSSIER_WITHDRAWAL = "missing.dossier_withdrawal"
    HUMAN = "missing.human"
    OFFICE_HOURS = "missing.office_hours"
    COURT = "missing.court"
    OUT_OF_SCOPE = "missing.out_of_scope"


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer `fields` about `procedure`."""

    procedure: Procedure
    fields: tuple[AskedField, ...]
    """At least one."""
    detail: bool = False
    """Everything the record says, instead of the short form."""
    twins: tuple[Procedure, ...] = ()
    """The same procedure at other levels, offered as buttons."""
    typed_code: str = ""
    """The former code that was typed and led here; empty: none was."""
    related: bool = False
    """The question itself has no answer in the record; what is told is only near to it."""
    instead: tuple[Procedure, ...] = ()
    """Other procedures that may be meant, offered as buttons; only with `related`."""
    old_word: bool = False
    """The citizen said "mức độ 4", now "toàn trình"."""
    penalty: bool = False
    """The citizen asked what is fined; the record knows the fee only."""
    benefit: bool = False
    """The citizen asked how much is received; as above."""
    group: str = ""
    """Key of the siblings among which the procedure stands; empty: it has none."""
    filed: FilingDay | None = None
    """The day of filing that the citizen names when she asks how long it takes."""
    form: bool = False
    """A few questions lead to the citizen's own list of papers."""
    file: bool = False
    """She can be guided to file it."""
    place: NamedPlace | None = None
    """Where the citizen lives or files, as far as she names it."""
    office: TellOffice | AskWard | None = None
    """The offices of the province that take it in; or where she lives is asked for."""


@dataclass(frozen=True, slots=True)
class AnswerEach:
    """Answer about each procedure that one message names, one after the other."""

    answers: tuple[Answer, ...]
    """One to three; the first becomes the topic."""
    question: "AskCase | AskWhich | None" = None
    """One more procedure is named, but several fit."""


@dataclass(frozen=True, slots=True)
class GuideOnline:
    """Explain how `procedure` is filed online."""

    procedure: Procedure
    twins: tuple[Procedure, ...] = ()
    old_word: bool = False
    file: bool = False
    """She can be guided to file it."""


@dataclass(frozen=True, slots=True)
class AskWhich:
    """Several procedures fit: ask which one."""

    procedures: tuple[Procedure, ...]
    """Two to five, best first."""
    labels: tuple[str, ...]
    """As shown, pairwise different."""
    fields: tuple[AskedField, ...]
    replaced_code: str = ""
    """The typed code whose successors these are; empty: found by words."""
    again: bool = False
    """The same question once more, since the answer chose nothing."""
    none_offered: bool = False
    """None of them may be meant: they were found by words."""
    listed: bool = False
    """Each with a line on what it is for: the citizen could not tell her case."""


@dataclass(frozen=True, slots=True)
class AskCase:
    """Siblings fit about equally well: ask which case is the citizen's."""

    group: str
    question: str
    options: tuple[Option, ...]
    """Two to eight."""
    fields: tuple[AskedField, ...]
    codes: tuple[str, ...]
    """Everything behind the options, best first."""


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """The number typed stands beside no button: ask again."""

    question: AskWhich | AskCase | None
    """None: no question is open, only a menu."""
    menu: Menu | None = None
    """Numbered behind the question; None: the channel shows no numbers, or there were none."""


@dataclass(frozen=True, slots=True)
class AskProcedure:
    """The message asks something of a procedure that is not named: ask for it."""

    fields: tuple[AskedField, ...]
    declined: bool = False
    """None of the procedures offered was meant."""
    topic: Procedure | None = None
    """A number was typed and no list is open; this can be asked on."""


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """No procedure has the typed code."""

    code: str


@dataclass(frozen=True, slots=True)
class ConfirmDossierCode:
    """A dossier code is mistyped: ask whether it was read rightly, or what to check."""

    readings: tuple[str, ...]
    """The codes that may be meant, best first, three at most; empty: it cannot be read."""
    declined: bool = False
    """The citizen said that it was not read rightly."""
    digits: bool = False
    """Four digits were typed beside it: they are not kept, and will be asked for again."""


@dataclass(frozen=True, slots=True)
class InOtherLanguage:
    """The message is not Vietnamese: say so in its language, and who can help."""

    language: Language


@dataclass(frozen=True, slots=True)
class DoubtfulRecord:
    """The record under this code carries another procedure's text: no fact of it is told."""

    procedure: Procedure


@dataclass(frozen=True, slots=True)
class NotFound:
    """A procedure was asked for that is not in the records."""

    words: str
    misses: int


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The message has no meaning to the assistant. `misses` in a row, this one included."""

    misses: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There was nothing to read."""

    why: Unread


@dataclass(frozen=True, slots=True)
class Say:
    """A fixed text: small talk, guidance, or an honest "I cannot"."""

    what: Talk | Guide | Missing
    topic: Procedure | None = None
    """The open topic, which the citizen may go on with."""
    misses: int = 0
    """How many turns in a row were not answered, this one included; 0: this one was."""
    faqs: tuple[Faq, ...] = ()
    """General questions of this matter, offered as buttons."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Answer something else in the middle of a form, a filing or a look-up; offer to go on."""

    decision: "Decision"
    procedure: Procedure | None
    """Whose form waits; None: the look-up of a dossier does, or `consent` to keep it."""
    consent: bool = False
    filing: bool = False
    """The guided filing of the procedure waits, rather than its form."""


Decision = (
    Answer
    | AnswerEach
    | AnswerFaq
    | AskFaq
    | GuideOnline
    | AskWhich
    | AskCase
    | OutOfRange
    | AskProcedure
    | UnknownCode
    | ConfirmDossierCode
    | InOtherLanguage
    | DoubtfulRecord
    | NotFound
    | NotUnderstood
    | Unreadable
    | Say
    | PlaceDecision
    | TellOnlineServices
    | AskCircumstance
    | FormStopped
    | Aside
    | ActDecision
    | DossierDecision
    | OneOfSeveral
    | FilingDecision
)
