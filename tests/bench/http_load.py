"""Asking a server questions, one after the other or several at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

import httpx


@dataclass(frozen=True, slots=True)
class Timings:
    """What a run took; all in milliseconds but `per_second`."""

    p50: float
    p99: float
    per_second: float


def timings(milliseconds: list[float], elapsed_seconds: float) -> Timings:
    """Summarise single timings of a run that lasted `elapsed_seconds`."""
    return Timings(
        p50=median(milliseconds),
        p99=quantiles(milliseconds, n=100)[98],
        per_second=len(milliseconds) / elapsed_seconds,
    )


def ask(url: str, payloads: list[dict[str, object]], parallel: int = 1) -> Timings:
    """Post every payload to `url`, `parallel` at a time, and time each.

    Raises:
        httpx.HTTPError: the server failed; a benchmark of failures means nothing.
    """

    def one(payload: dict[str, object]) -> float:
        began = time.perf_counter()
        client.post(url, json=payload).raise_for_status()
        return (time.perf_counter() - began) * 1000

    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(parallel) as pool:
        for payload in payloads[:5]:
            one(payload)
        began = time.perf_counter()
        each = list(pool.map(one, payloads))
        return timings(each, time.perf_counter() - began)
