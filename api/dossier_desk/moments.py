"""Moments as people are told them."""

from datetime import UTC, datetime, timedelta


def moment(seconds: float) -> datetime:
    """Return the moment in whole seconds, rounded up: what is told has no smaller ones.

    >>> moment(0.5).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    whole = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return whole if whole.timestamp() == seconds else whole + timedelta(seconds=1)
