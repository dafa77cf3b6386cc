"""Between deciding and telling: what the desks of dossiers and of filings are asked."""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.deciding import Decision, Found, after_errand, after_filing_errand
from bot.deciding.dossier_decisions import (
    Errand,
    ForgetDossier,
    HandOverDossier,
    ListDossiers,
    LookUpDossier,
    RedeemWord,
    RememberDossier,
    ReopenDossier,
)
from bot.deciding.dossier_errands import Result
from bot.deciding.dossier_lists import Ended
from bot.deciding.filing_decisions import (
    EndFiling,
    FileClosed,
    FilingErrand,
    KeepSlip,
    ListReminders,
    OpenSlip,
    SetReminder,
)
from bot.deciding.filing_errands import FilingResult, became, merged
from bot.deciding.filing_telling import FilingStep
from bot.dialogue import Dialogue
from bot.dossiers.ports import Asker, DossierDesk
from bot.filings.ports import FilingDesk
from bot.filings.state import Checked
from bot.messages import ConversationKey


@dataclass(frozen=True, slots=True)
class Desks:
    """Where something can be found out or kept."""

    dossiers: DossierDesk
    filings: FilingDesk

    async def read_anew(
        self, key: ConversationKey, dialogue: Dialogue
    ) -> tuple[Dialogue, Checked | None]:
        """Return the state with the filing as its slip has it now, and what the counter saw.

        Raises:
            bot.errors.StoreUnavailable: it cannot be read.
        """
        filing = dialogue.filing
        if filing is None or not filing.slip or not self.filings.terms.is_open:
            return dialogue, None
        slip = await self.filings.latest(key, filing.slip)
        return merged(dialogue, slip), slip.checked if slip else None

    async def find_out(
        self, step: FilingStep, asker: Asker, found: Found
    ) -> tuple[Decision, Dialogue]:
        """Run errands until there is something to tell.

        Args:
            step: what was decided.
            asker: who the message came from.
            found: what is known beside the message.

        Raises:
            bot.errors.StoreUnavailable: nothing was found out, or kept.
        """
        decision, dialogue = step
        while isinstance(decision, Errand | FilingErrand):
            if isinstance(decision, FilingErrand):
                kept = await _run_filing(self.filings, asker, decision)
                decision, dialogue = after_filing_errand(dialogue, decision, kept, found)
                continue
            result = await _run(self.dossiers, asker, decision)
            filing = dialogue.filing
            note = became(dialogue, decision, result, found.scene.at)
            decision, dialogue = after_errand(dialogue, decision, result, found.scene)
            filing = dialogue.filing or filing
            if note is not None:
                await self.filings.filed(note.procedure, note.dossier)
                filing = None
            dialogue = replace(dialogue, filing=filing)
        return decision, dialogue


async def _run(desk: DossierDesk, asker: Asker, errand: Errand) -> Result:
    match errand:
        case LookUpDossier(code, factor):
            return await desk.look_up(asker, code, factor)
        case ReopenDossier(code):
            return await desk.reopen(asker, code)
        case RedeemWord(word):
            return await desk.redeem(asker, word)
        case _:
            return await _run_of_wishes(desk, asker.key, errand)


async def _run_of_wishes(
    desk: DossierDesk,
    key: ConversationKey,
    errand: ListDossiers | RememberDossier | ForgetDossier | HandOverDossier,
) -> Result:
    match errand:
        case ListDossiers():
            return await desk.remembered(key)
        case HandOverDossier(code):
            return await desk.hand_over(code)
        case RememberDossier(code, follow, seen_at):
            await desk.remember(key, code, follow=follow, seen_at=seen_at)
        case ForgetDossier(code, entirely):
            before = await desk.remembered(key)
            await desk.forget(key, code, entirely=entirely)
            return Ended(before, await desk.remembered(key))
        case _:
            assert_never(errand)
    return None


async def _run_filing(desk: FilingDesk, asker: Asker, errand: FilingErrand) -> FilingResult:
    key = asker.key
    match errand:
        case KeepSlip(filing):
            return await desk.keep(key, filing)
        case OpenSlip(code):
            return await desk.open(asker, code)
        case ListReminders():
            return await desk.reminders(key)
        case FileClosed(filing):
            await desk.do_not_remind(key, filing.code)
            return await desk.keep(key, filing) if filing.slip else None
        case _:
            await _run_of_changes(desk, key, errand)
            return None


async def _run_of_changes(
    desk: FilingDesk, key: ConversationKey, errand: SetReminder | EndFiling
) -> None:
    filing = errand.filing
    if isinstance(errand, SetReminder) and errand.at is not None:
        await desk.remind(key, filing, errand.at)
        return
    await desk.do_not_remind(key, filing.code)
    if isinstance(errand, EndFiling) and filing.slip:
        await desk.let_go(key, filing.slip)
