"""What to do where a message is about a dossier: ask, tell, or find out first."""

from typing import Final

from bot.deciding.decisions import Decision
from bot.deciding.dossier_after_card import after_card
from bot.deciding.dossier_decisions import (
    DossierDecision,
    ForgetDossier,
    LookUpDossier,
    NotInGroups,
    OneOfSeveral,
    RedeemWord,
    ReopenDossier,
)
from bot.deciding.dossier_doubts import Doubt, doubt_about_digits, doubts_code
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_filed import asks_of_filed, is_another_matter
from bot.deciding.dossier_follow_ups import (
    means_all,
    means_this,
    names_own,
    short_wish,
    why_or,
)
from bot.deciding.dossier_found import DossierSaid, GivenFactor, Scene
from bot.deciding.dossier_matters import IN_FULL, Matter
from bot.deciding.dossier_presses import about_consent, decide_pressed_dossier
from bot.deciding.dossier_reading import read_consent
from bot.deciding.dossier_signs import (
    OF_INTENT,
    Wish,
    few_words,
    has_lost_it,
    matter_by_signs,
    matter_said,
    wants_look_up,
    wish_of,
)
from bot.deciding.dossier_state import is_proved, waits
from bot.deciding.dossier_steps import (
    about_of,
    ask_again,
    ask_code,
    ask_consent,
    begin,
    consented,
    her_own,
    resumed,
    wanted,
)
from bot.deciding.dossier_values import DossierAct, OpenedWord
from bot.deciding.dossiers import code_confirmed
from bot.deciding.form_turns import ON, YES, plain
from bot.deciding.found import Found, PressedCode, Said
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.signs import is_injection
from bot.deciding.talking import BELIEVED
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from bot.messages import Gesture
from bot.parse import Parse
from bot.understanding import NEARLY_CODE

_MOST_OF_WHEN: Final = 7
"""Words of "bao giờ thì xong hả cháu"."""


def decide_dossier(dialogue: Dialogue, said: Said, found: Found) -> Step | None:
    """Return what to do about a dossier; None: the message is not clearly about one."""
    if isinstance(said, Parse):
        return _typed(dialogue, said, found)
    if isinstance(said, DossierSaid):
        return _without_model(dialogue, said, found.scene)
    if isinstance(said, PressedCode) and said.code:
        about = dialogue.dossier.about if dialogue.dossier else ""
        return begin(dialogue, said.code, about_of(dialogue, about), found.scene)
    return her_own(dialogue, Matter.STATUS) if said is Gesture.DOSSIERS else None


def _without_model(dialogue: Dialogue, said: DossierSaid, scene: Scene) -> Step | None:
    match said:
        case GivenFactor():
            return _given(dialogue, said, scene)
        case OpenedWord(word):
            return RedeemWord(word), dialogue
        case _:
            return decide_pressed_dossier(dialogue, said, scene)


def _given(dialogue: Dialogue, said: GivenFactor, scene: Scene) -> Step | None:
    talk = dialogue.dossier_talk
    if talk is None or talk.stage is not DossierStage.FACTOR:
        return None
    if not said.digits:
        return ask_again(dialogue, talk, scene, Doubt.YEAR if said.is_year else None)
    return LookUpDossier(talk.code, said.digits, wanted(talk)), dialogue


def codes_in(parse: Parse) -> tuple[str, ...]:
    """Return the sound dossier codes of a message, each once, in its order."""
    codes = (one.value for one in parse.entities if one.kind == "dossier_code")
    return tuple(dict.fromkeys(codes))


def with_others(decision: Decision, said: Said) -> Decision:
    """Return what is told of the first dossier of a message with the others that it names."""
    others = codes_in(said)[1:] if isinstance(said, Parse) else ()
    if not others or not isinstance(decision, DossierDecision) or isinstance(decision, NotInGroups):
        return decision
    return OneOfSeveral(decision, others)


def _typed(dialogue: Dialogue, parse: Parse, found: Found) -> Step | None:
    """Take what words say of a dossier: a code first, then what was asked, then what they mean."""
    if is_injection(parse.typed or parse.text):
        return None
    if codes := codes_in(parse):
        return _about_code(dialogue, codes[0], parse, found.scene)
    if found.typed_code or any(one.kind == NEARLY_CODE for one in parse.entities):
        return None  # a mistyped code is asked back
    return (
        _confirmed(dialogue, parse, found.scene)
        or _agreed(dialogue, parse)
        or _wished(dialogue, parse, found.scene)
        or after_card(dialogue, parse)
        or _in_words(dialogue, parse, found)
    )


def _about_code(dialogue: Dialogue, code: str, parse: Parse, scene: Scene) -> Step:
    wish = wish_of(parse.text, parse.intent)
    if wish in {Wish.STOP, Wish.FORGET}:
        return ForgetDossier(code, entirely=wish is Wish.FORGET), dialogue
    about = matter_said(parse.text, parse.intent) or about_of(dialogue, "")
    about = why_or(about, parse.text)
    return begin(dialogue, code, about, scene)


def _confirmed(dialogue: Dialogue, parse: Parse, scene: Scene) -> Step | None:
    """Go on with the reading of a mistyped code that was asked back."""
    question = dialogue.dossier
    if question is None or not (code := code_confirmed(dialogue, parse)):
        return None
    return begin(dialogue, code, about_of(dialogue, question.about), scene)


def _agreed(dialogue: Dialogue, parse: Parse) -> Step | None:
    """Take a clear yes or no to the question for consent; anything else keeps nothing.

    After something else was asked, a yes may be meant for that: it is asked again.
    """
    talk = dialogue.dossier_talk
    if talk is None or talk.stage is not DossierStage.CONSENT:
        return None
    if _wishes_otherwise(talk, parse):
        return None
    words = plain(parse.text)
    if talk.asides and (ON.fullmatch(words) or YES.fullmatch(words)):
        return ask_consent(dialogue, talk) if dialogue.form is None else None
    sure = read_consent(parse.typed or parse.text)
    if talk.asides and sure:
        return ask_consent(dialogue, talk)
    return None if sure is None else consented(dialogue, talk, sure=sure)


def _wishes_otherwise(talk: DossierTalk, parse: Parse) -> bool:
    """Tell whether following is wished where remembering was asked about, or the reverse.

    "Báo tôi khi có thay đổi" says yes to the one only.
    """
    if talk.follow:
        return wish_of(parse.text) is Wish.REMEMBER
    return matter_by_signs(parse.text) is Matter.FOLLOW


def _wished(dialogue: Dialogue, parse: Parse, scene: Scene) -> Step | None:
    talk = dialogue.dossier_talk
    code = talk.code if talk is not None and is_proved(talk) else ""
    wish = wish_of(parse.text, parse.intent) or short_wish(parse.text, talked=bool(code))
    match wish:
        case None:
            return None
        case Wish.STOP:
            one = code if means_this(parse.text) else ""
            return ForgetDossier(one, entirely=False), dialogue
        case Wish.FORGET:
            one = "" if means_all(parse.text) else code
            return ForgetDossier(one, entirely=True), dialogue
        case Wish.LOST | Wish.OTHER:
            return ask_code(dialogue, scene, lost=wish is Wish.LOST)
        case Wish.REMEMBER:
            return about_consent(dialogue, DossierAct.REMEMBER, code, scene)


def _in_words(dialogue: Dialogue, parse: Parse, found: Found) -> Step | None:
    """Take what is said of the dossier told a moment ago, or of the code that was asked for."""
    talk, text = dialogue.dossier_talk, parse.text
    if waits(talk) and talk and (step := _while_asked(dialogue, talk, text, found.scene)):
        return step
    if is_another_matter(text, parse.intent):
        return None
    meant = parse.intent in OF_INTENT and parse.confidence >= BELIEVED
    about = matter_said(text, parse.intent if meant else "")
    about = about and why_or(about, text)
    if talk is not None and is_proved(talk):
        near = not talk.asides and few_words(text)
        if about and near and (meant or not is_about_a_procedure(parse, found.mentions)):
            if about is Matter.STATUS and names_own(text):
                return her_own(dialogue, about)
            return ReopenDossier(talk.code, about, brief=about not in IN_FULL), dialogue
    return _first_words(dialogue, parse, about, found)


def _first_words(
    dialogue: Dialogue, parse: Parse, about: Matter | None, found: Found
) -> Step | None:
    """Take what needs no dossier told before: a wish to have one's own looked up."""
    talk, text = dialogue.dossier_talk, parse.text
    if filed := asks_of_filed(text, in_topic=found.topic is not None):
        return her_own(dialogue, filed)
    if waits(talk) and talk and not talk.asides and _asks_when(text, about, parse, found):
        return ask_again(dialogue, talk, found.scene)
    if not wants_look_up(text) or is_about_a_procedure(parse, found.mentions):
        return None
    return her_own(dialogue, about or Matter.STATUS)


def _asks_when(text: str, about: Matter | None, parse: Parse, found: Found) -> bool:
    """Tell whether a short message asks once more how the dossier stands."""
    short = len(text.split()) <= _MOST_OF_WHEN
    return short and about is Matter.STATUS and not is_about_a_procedure(parse, found.mentions)


def _while_asked(dialogue: Dialogue, talk: DossierTalk, text: str, scene: Scene) -> Step | None:
    words = plain(text)
    if talk.asides:
        on = ON.fullmatch(words) or YES.fullmatch(words)
        return resumed(dialogue, scene) if on and dialogue.form is None else None
    if talk.stage is DossierStage.CODE and has_lost_it(text):
        return ask_code(dialogue, scene, lost=True)
    if talk.stage is DossierStage.CODE:
        return ask_code(dialogue, scene, why=True) if doubts_code(text) else None
    doubt = doubt_about_digits(text) if few_words(text) else None
    if doubt is Doubt.WRONG_CODE:
        return ask_code(dialogue, scene)
    return ask_again(dialogue, talk, scene, doubt) if doubt else None
