"""The desk of a terminal without a database: demonstration dossiers and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from api.dossier_desk.samples import SAMPLE_FACTOR
from bot.dossiers.folding import fold
from bot.dossiers.ports import Asker, Found, LookUpResult, NoMatch, Remembered, Sample, Terms
from bot.dossiers.status import DossierStatus, DossierUpdate, FactorKind
from bot.messages import ConversationKey


class SampleDesk:
    """Looks up demonstration dossiers, and keeps nothing."""

    def __init__(
        self, samples: Callable[[], Sequence[DossierUpdate]], factors: Sequence[FactorKind]
    ) -> None:
        """Take what makes the samples, when somebody asks, and what is accepted beside a code."""
        self._samples = samples
        self._factors = tuple(factors)

    @cached_property
    def terms(self) -> Terms:
        """What can be tried."""
        shown = tuple(Sample(code, SAMPLE_FACTOR) for code in self._dossiers)
        return Terms(is_open=True, factors=self._factors, samples=shown)

    @cached_property
    def _dossiers(self) -> dict[str, DossierStatus]:
        updates = defaultdict(list)
        for update in self._samples():
            updates[update.code].append(update)
        return {code: fold(those) for code, those in updates.items()}

    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Find a sample; its factor is told to everybody."""
        right = not self._factors or factor == SAMPLE_FACTOR
        return await self.reopen(asker, code) if right else NoMatch()

    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Find a sample again."""
        status = self._dossiers.get(code)
        return Found(status) if status else NoMatch()

    async def remembered(self, key: ConversationKey) -> Sequence[Remembered]:
        """Remember nothing: the program ends."""
        return ()

    async def remember(
        self, key: ConversationKey, code: str, *, follow: bool, seen_at: float = 0.0
    ) -> None:
        """Keep nothing."""

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """There is nothing to forget."""

    async def hand_over(self, code: str) -> str:
        """Return no word: no other channel knows these."""
        return ""

    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Find nothing: no word was given."""
        return NoMatch()
