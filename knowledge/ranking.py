"""The knobs of finding a procedure, each with its reason; `tests/retrieval` measures them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights without a unit; all are shares of 1 unless their line says otherwise."""

    pair: float = 1.4
    """Weight of two syllables that stand together ("khai sinh"): most Vietnamese words have two."""
    single: float = 0.55
    """Weight of one syllable: alone it is ambiguous ("mất", "đăng")."""
    accent: float = 0.6
    """Share of a syllable typed with accents that counts only if the accents agree; the rest
    counts as soon as the letters agree, since people misplace accents."""
    name_unmatched: float = 0.45
    """Cost of words in a name that were not said: plain "đăng ký khai sinh" must beat
    "đăng ký lại khai sinh có yếu tố nước ngoài"."""
    query_unmatched: float = 0.36
    """Cost of words that were said and are not in the name; low, since people tell stories."""
    query_unmatched_most: float = 20.0
    """Most mass of unsaid words that counts, in units of mass: a long story is no worse."""
    name_unmatched_most: float = 30.0
    """Most mass of unmatched words in a name that counts: names of 40 words stay findable."""
    head: float = 0.88
    """A long name cut before "đối với", "trong trường hợp": worth less than a whole name."""
    light: float = 0.35
    """Words of every second name ("giấy", "thủ tục", "làm") say little of the topic."""
    telling: float = 1.8
    """Words that tell siblings apart ("cấp lại", "cấp đổi", "nước ngoài") count this many times."""
    evidence: float = 0.8
    """In units of mass: how much must agree before a fit is believed; one word may be chance."""
    synonym: float = 0.8
    """Official words that stand for what people said."""
    replaced: float = 0.6
    """What people said, once official words stand for it: it may be an official name itself."""
    typo: float = 0.7
    """A syllable that had to be corrected."""
    past: float = 0.35
    """Words of what is done already ("cải chính xong rồi, giờ …")."""
    denied: float = 0.1
    """Words after "không phải", "chứ không"."""
    body: float = 0.22
    """Best contribution of summary, results, papers, field: helps where the name says nothing."""
    spoken: float = 0.01
    """Cost of each nat by which another candidate's names and sayings make the typed words more
    likely: words tell siblings apart by how often each of them is called so."""
    spoken_most: float = 15.0
    """Most nats that count: a long story is no worse."""
    spoken_floor: float = 0.01
    """What an unseen word counts beside one that was said once (additive smoothing)."""
    popularity: float = 0.02
    """Per step of popularity (0 to 5): decides between equals, not against a whole name."""
    citizen: float = 0.03
    """Citizens may apply: most of those who ask are citizens."""
    commune: float = 0.05
    """Decided at the commune, nearest to the citizen."""
    province: float = 0.02
    """Decided at the province."""
    level_named: float = 0.12
    """The level that the text names ("công an tỉnh")."""


RANKING = Ranking()
