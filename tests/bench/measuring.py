"""What is measured, and the limits that the project sets itself."""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import httpx

from api.settings import load_settings
from api.wiring.build import terminal_library
from knowledge.library import Library
from knowledge.synonyms_file import load_vocabulary
from nlu.interpreter import Interpreter
from tests.bench.http_load import Timings, ask, timings
from tests.bench.measure import Measure
from tests.bench.processes import (
    MOTCUA,
    ROOT,
    cost_of,
    environment,
    free_port,
    resident_megabytes,
    seconds_of,
    serving,
)
from tests.bench.questions import questions
from tests.bench.synthetic import synthetic
from tests.support.exports import an_export, an_exported_record

EXPORTS = ("procedures_national.jsonl.gz", "procedures_defence.jsonl.gz")
COLD_RUNS = 5
_ASKED_EVERY_SECONDS = 0.02
SYNTHETIC = 50_000
"""Procedures of the largest library that is measured: eighteen times the national ones."""


def bench_environment(folder: Path) -> dict[str, str]:
    """Return what the programs run with: all in `folder`, and nobody is told to write slower."""
    limits = {"MESSAGES_PER_MINUTE": "1000000", "MESSAGES_PER_MINUTE_OVERALL": "1000000"}
    return environment(DATA_FOLDER=str(folder), DATABASE_URL="", RASA_URL="", **limits)


def measure_motcua(folder: Path, national_data: Path | None) -> list[Measure]:
    """Import, start, ask and search, all with real programs."""
    env = bench_environment(folder)
    measures = []
    exports = [str(national_data / name) for name in EXPORTS] if national_data else []
    if exports:
        measures += measure_import(exports, env)
    question = [str(MOTCUA), "ask", "lam lai can cuoc bi mat het bao nhieu tien"]
    first = seconds_of(question, env)
    cold = median(seconds_of(question, env) for _ in range(COLD_RUNS))
    measures += [
        Measure("first `ask`: builds the index if no import did", first, "s", 15),
        Measure("`ask`, cold to answer, index cached", cold, "s", 3),
        *measure_server(env),
        *measure_inside(env),
    ]
    return measures


def measure_import(exports: Sequence[str], env: dict[str, str]) -> list[Measure]:
    """Measure importing and indexing everything, with all processes that take part."""
    cost = cost_of([str(MOTCUA), "knowledge", "import", *exports], env)
    return [
        Measure("import and index of the national exports", cost.seconds, "s", 30),
        Measure("its largest process", cost.largest_megabytes, "MB", 400),
        Measure("its processes together", cost.together_megabytes, "MB"),
    ]


def measure_server(env: dict[str, str]) -> list[Measure]:
    """Measure a running `motcua serve` over HTTP."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [str(MOTCUA), "serve"]
    with serving(command, f"{base}/readyz", {**env, "PORT": str(port)}) as (pid, ready):
        at_start = resident_megabytes(pid)
        session = httpx.post(f"{base}/v1/chat/sessions").raise_for_status().json()["session"]
        payloads: list[dict[str, object]] = [
            {"session": session, "client_message_id": f"m{number}", "text": text}
            for number, text in enumerate(questions(300))
        ]
        turn = ask(f"{base}/v1/chat/messages", payloads)
        after = resident_megabytes(pid)
        followed = seconds_to_follow(base, env)
        exchanged = resident_megabytes(pid)
    return [
        Measure("`serve` ready", ready, "s", 5),
        Measure("resident when ready", at_start, "MB", 350),
        Measure("resident after 300 turns", after, "MB", 350),
        Measure("a turn over HTTP, p50", turn.p50, "ms", 12),
        Measure("a turn over HTTP, p99", turn.p99, "ms"),
        Measure("an import is answered from, after the command", followed, "s", 2),
        Measure("resident after the exchange", exchanged, "MB", 350),
    ]


def seconds_to_follow(base: str, env: dict[str, str]) -> float:
    """Import one more record; return how long after that the running server answers from it."""
    code = "9.000001"
    export = an_export(Path(env["DATA_FOLDER"]), an_exported_record(code=code, name="Việc mới"))
    seconds_of([str(MOTCUA), "knowledge", "import", str(export)], env)
    began = time.perf_counter()
    while not httpx.get(f"{base}/v1/procedures/{code}").is_success:
        time.sleep(_ASKED_EVERY_SECONDS)
    return time.perf_counter() - began


def measure_inside(env: dict[str, str]) -> list[Measure]:
    """Measure parsing and searching in this process, on the data that `env` names."""
    folder = Path(env["DATA_FOLDER"])
    settings = load_settings(data_folder=folder, database_url="")
    interpreter = Interpreter.load(settings.model_folder)
    library = asyncio.run(terminal_library(settings, (), lambda _: None))
    texts = questions(500)
    parse = timed(interpreter.parse, texts)
    search = timed(library.search, texts)
    return [
        Measure("parse, p50", parse.p50, "ms", 2),
        Measure("parse, p99", parse.p99, "ms"),
        Measure(f"search over {len(library):,} procedures, p50", search.p50, "ms", 3),
        Measure("search, p99", search.p99, "ms"),
        *measure_many(library, texts),
    ]


def measure_many(library: Library, texts: Sequence[str]) -> list[Measure]:
    """Measure searching among far more procedures than there are."""
    real = [found for code in library.codes() if (found := library.get(code)) is not None]
    shelf = Library.of(synthetic(real, SYNTHETIC), load_vocabulary())
    search = timed(shelf.search, texts)
    name = f"search over {len(shelf):,} synthetic procedures"
    return [
        Measure(f"{name}, p50", search.p50, "ms", 15),
        Measure(f"{name}, p99", search.p99, "ms"),
    ]


def timed(call: Callable[[str], object], texts: Sequence[str]) -> Timings:
    """Time `call` on each text, after a short warm-up on other work than what is timed."""
    for text in texts[:20]:
        call(text + " ạ")
    each = []
    began = time.perf_counter()
    for text in texts:
        start = time.perf_counter()
        call(text)
        each.append((time.perf_counter() - start) * 1000)
    return timings(each, time.perf_counter() - began)


def measure_rasa(archive: Path) -> list[Measure]:
    """Serve the same trained model with stock Rasa, and parse with it."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [
        *(str(ROOT / "nlu" / ".venv" / "bin" / "python"), "-m", "rasa", "run", "--enable-api"),
        *("--model", str(archive), "--port", str(port), "--interface", "127.0.0.1"),
    ]
    env = environment(PYTHONPATH=str(ROOT), RASA_TELEMETRY_ENABLED="false")
    payloads: list[dict[str, object]] = [{"text": text} for text in questions(300)]
    with serving(command, f"{base}/status", env) as (pid, ready):
        alone = ask(f"{base}/model/parse", payloads)
        crowd = ask(f"{base}/model/parse", payloads, parallel=8)
        resident = resident_megabytes(pid)
    return [
        Measure("ready", ready, "s"),
        Measure("resident", resident, "MB"),
        Measure("parse over HTTP, p50", alone.p50, "ms"),
        Measure("parse over HTTP, p99", alone.p99, "ms"),
        Measure("parses a second, 8 at once", crowd.per_second, "/s"),
    ]
