"""A concept put together from the sections of its file; references are by name, and a broken one is a problem."""

from datetime import datetime
from zoneinfo import ZoneInfo

from supportcore.concept.amounts import period_read
from supportcore.concept.calling import directory_read, ladders_read
from supportcore.concept.clocks import metrics_read
from supportcore.concept.concept import ServiceConcept
from supportcore.concept.hours import ALWAYS, calendars_read
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import FileShape
from supportcore.concept.tables import priority_read, scope_read, targets_read
from supportcore.domains import Domain, Scale, Vocabulary, declared
from supportcore.escalation import Targets
from supportcore.instants import zone
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.priority import DEFAULT_SCALE
from supportcore.sla import Agreement
from supportcore.wording import Language, language_named

__all__ = ["AGREEMENT", "FORMAT", "assembled"]

FORMAT = 0
AGREEMENT = "customer"
PRIORITY = "priority"
PEOPLE = ("people", "on_call")


def assembled(file: FileShape, reading: Reading) -> ServiceConcept | None:
    """The concept, or none where anything is wrong: `reading` then holds every problem."""
    if file.format != FORMAT:
        reading.add("format", f"`{file.format}` is not read here; this version reads format `{FORMAT}`")
    tz, language, period = _head(file, reading)
    vocabulary, scale = _words(file, reading)
    calendars = calendars_read(file.calendars, file.timezone if tz else "UTC", reading)
    metrics = metrics_read(file.clocks, reading)
    names = [metric.name for metric in metrics]
    policy = None if file.priority is None else priority_read(file.priority, vocabulary, scale, reading)
    targets = None
    if file.targets is not None:
        inputs = [domain for domain in vocabulary.values() if domain.name != PRIORITY] + [scale]
        targets = targets_read(file.targets, inputs, names, calendars, reading)
    scope = None if file.scope is None else scope_read(file.scope, vocabulary, reading)
    before = len(reading.problems)
    directory = directory_read(file.people, file.on_call, file.timezone if tz else "UTC", reading)
    whole = len(reading.problems) == before and not any(one.path.startswith(PEOPLE) for one in reading.problems)
    ladders = ladders_read(file.ladders, calendars, scale, names, reading)
    if ladders is not None and whole:
        with reading.part("ladders"):
            Targets(directory.duties, directory.people, directory.roles).check_policy(ladders)
    agreements: list[Agreement] = []
    always = calendars[ALWAYS]
    if always is not None and not reading.problems:
        table, promises = targets or (EMPTY, EMPTY)  # without targets the clocks are stopwatches (SLA-2)
        with reading.part("targets"):
            agreements.append(
                Agreement(
                    AGREEMENT, always, metrics, targets=table, promises=promises, priorities=scale.members, hours=ALWAYS
                )
            )
    if reading.problems or policy is None or tz is None:
        return None
    return ServiceConcept(
        name=file.name,
        language=language,
        zone=tz,
        vocabulary=vocabulary,
        scale=scale,
        calendars=FrozenMapping({name: calendar for name, calendar in calendars.items() if calendar is not None}),
        priority=policy,
        agreements=tuple(agreements),
        ladders=ladders,
        scope=scope,
        directory=directory,
        start=period[0],
        end=period[1],
    )


def _head(
    file: FileShape, reading: Reading
) -> tuple[ZoneInfo | None, Language, tuple[datetime | None, datetime | None]]:
    tz = None
    if file.timezone:
        with reading.part("timezone"):
            tz = zone(file.timezone)
    language: Language = "en"
    with reading.part("language"):
        language = language_named(file.language)
    period: tuple[datetime | None, datetime | None] = (None, None)
    if file.valid and tz is not None:
        with reading.part("valid"):
            period = period_read(file.valid, tz)
    return tz, language, period


def _words(file: FileShape, reading: Reading) -> tuple[Vocabulary, Scale]:
    domains: list[Domain] = []
    for name, text in file.facts.items():
        if name == PRIORITY:
            reading.add(f"facts.{name}", "the priority is derived, not a fact; declare its scale under `scales`")
            continue
        with reading.part(f"facts.{name}"):
            domains.append(declared(name, text))
    scale = DEFAULT_SCALE
    for name, text in file.scales.items():
        path = f"scales.{name}"
        if name != PRIORITY:
            reading.add(path, f"scales other than `{PRIORITY}` are not built yet; take it out of the file")
            continue
        with reading.part(path):
            domain = declared(name, text)
            if isinstance(domain, Scale):
                scale = domain
            else:
                reading.add(path, f"`{text}` is no scale; write it from low to high, such as `minor < major`")
    return Vocabulary(domains), scale
