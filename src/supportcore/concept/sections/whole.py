"""A concept put together from the sections of its file; references are by name, and a broken one is a problem."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from supportcore.calendars import BusinessCalendar
from supportcore.concept.concept import ServiceConcept
from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import FileShape
from supportcore.concept.grammar.dates import plans_read
from supportcore.concept.grammar.durations import period_read
from supportcore.concept.grammar.hours import ALWAYS
from supportcore.concept.sections.calendars import calendars_read
from supportcore.concept.sections.clocks import BUILT_IN, metric_names, metrics_read
from supportcore.concept.sections.ladders import ladders_read
from supportcore.concept.sections.people import directory_read
from supportcore.concept.sections.priority import priority_read
from supportcore.concept.sections.scope import scope_read
from supportcore.concept.sections.targets import Targets, on_attachment, promised_in, targets_read
from supportcore.domains import Domain, Scale, Vocabulary, parse_domain
from supportcore.escalation import Recipients
from supportcore.instants import zone
from supportcore.mappings import FrozenMapping
from supportcore.priority import DEFAULT_SCALE
from supportcore.sla import Agreement, Metric
from supportcore.wording import Language, language_named

FORMAT = 0
AGREEMENT = "customer"
PRIORITY = "priority"
UNATTACHED = (
    "nothing is attached, as the targets apply from the opening; take it out, or write "
    '`apply = "once attached"` under `targets`'
)
PEOPLE = ("people", "on_call")


def assembled(file: FileShape, reading: Reading) -> ServiceConcept | None:
    """The concept, or none where anything is wrong: `reading` then holds every problem."""
    if file.format != FORMAT:
        reading.add("format", f"`{file.format}` is not read here; this version reads format `{FORMAT}`")
    tz, language, period = _head(file, reading)
    vocabulary, scale = _words(file, reading)
    calendars = calendars_read(file.calendars, file.timezone if tz else "UTC", reading)
    plans = plans_read(file.dates, tz or UTC, reading)
    facts = [*(domain for domain in vocabulary.values() if domain.name != PRIORITY), scale]
    promised = promised_in(file.targets)
    names = metric_names([*file.clocks, *reading.unread("clocks")], promised)
    metrics = metrics_read(file.clocks, promised, facts, reading)
    if file.targets is None or not on_attachment(file.targets):
        for name in (name for name, section in file.clocks.items() if section.when_attached):
            reading.add(f"clocks.{name}.when_attached", UNATTACHED)
    policy = None if file.priority is None else priority_read(file.priority, vocabulary, scale, reading)
    targets = None
    if file.targets is not None:
        accepted = dict.fromkeys([*names, *BUILT_IN])
        targets = targets_read(file.targets, facts, accepted, calendars, plans, tz or UTC, reading)
    scope = None if file.scope is None else scope_read(file.scope, vocabulary, reading)
    before = len(reading.problems)
    directory = directory_read(file.people, file.on_call, file.timezone if tz else "UTC", reading)
    whole = len(reading.problems) == before and not any(one.path.startswith(PEOPLE) for one in reading.problems)
    ladders = ladders_read(file.ladders, calendars, scale, names, reading)
    if ladders is not None and whole:
        with reading.part("ladders"):
            Recipients(directory.duties, directory.people, directory.roles).check_policy(ladders)
    agreements: list[Agreement] = []
    always = calendars[ALWAYS]
    if always is not None and not reading.problems:
        with reading.part("targets"):
            agreements.append(_agreement(metrics, targets, always, scale))
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


def _agreement(metrics: Iterable[Metric], targets: Targets | None, always: BusinessCalendar, scale: Scale) -> Agreement:
    """What the customer is promised; without targets the clocks are stopwatches (SLA-2)."""
    if targets is None:
        return Agreement(AGREEMENT, always, metrics, priorities=scale.members, hours=ALWAYS)
    return Agreement(
        AGREEMENT,
        always,
        metrics,
        targets=targets.table,
        promises=targets.promises,
        priorities=scale.members,
        on_attachment=targets.on_attachment,
        hours=ALWAYS,
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
            domains.append(parse_domain(name, text))
    scale = DEFAULT_SCALE
    for name, text in file.scales.items():
        path = f"scales.{name}"
        if name != PRIORITY:
            reading.add(path, f"scales other than `{PRIORITY}` are not built yet; take it out of the file")
            continue
        with reading.part(path):
            domain = parse_domain(name, text)
            if isinstance(domain, Scale):
                scale = domain
            else:
                reading.add(path, f"`{text}` is no scale; write it from low to high, such as `minor < major`")
    return Vocabulary(domains), scale
