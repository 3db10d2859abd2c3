"""The concept built from the sections of its file, whose references to one another go by name."""

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen

from supportcore.bounds import Bounds
from supportcore.calendars import BusinessCalendar
from supportcore.concept.concept import WAITING_REASONS, Directory, ServiceConcept
from supportcore.concept.grammar.conditions import parse_reasons
from supportcore.concept.grammar.durations import Period, parse_period
from supportcore.concept.grammar.hours import ALWAYS, Calendars
from supportcore.concept.sections.calendars import build_calendars
from supportcore.concept.sections.clocks import BUILT_IN, build_metrics, metric_names
from supportcore.concept.sections.dates import build_plans
from supportcore.concept.sections.priority import build_priority
from supportcore.concept.sections.scope import build_scope
from supportcore.concept.sections.targets import (
    TargetsSection,
    applies_on_attachment,
    build_targets,
    promised_metrics,
)
from supportcore.concept.shapes import FileShape
from supportcore.domains import Domain, Scale, Vocabulary, parse_domain
from supportcore.errors import Problems
from supportcore.instants import zone
from supportcore.mappings import FrozenMapping
from supportcore.priority import DEFAULT_SCALE
from supportcore.sla import Agreement, Metric
from supportcore.wording import Language, language_named

if TYPE_CHECKING:
    from supportcore.escalation import LadderPolicy

FORMAT = 0
AGREEMENT = "customer"
PRIORITY = "priority"
PEOPLE = ("people", "on_call")


@frozen
class _Head:
    """The keys before the first section; `None` for a zone or period that is absent or has problems."""

    tz: ZoneInfo | None
    language: Language
    period: Period | None


@frozen
class _Words:
    """The facts of the concept, and the scale of its priorities."""

    vocabulary: Vocabulary
    scale: Scale


def build_concept(file: FileShape, bounds: Bounds, problems: Problems) -> ServiceConcept | None:
    """Build the concept of a file; return `None` and collect every problem if there is any."""
    if file.format != FORMAT:
        problems.add("format", f"`{file.format}` is not a known format; this version reads format `{FORMAT}`")
    head, words = _build_head(file, problems), _build_words(file, bounds, problems)
    tz, timezone = head.tz or UTC, file.timezone if head.tz else "UTC"
    scale = words.scale
    calendars = build_calendars(file, timezone, problems)
    plans = build_plans(file, tz, problems)
    facts = [*(domain for domain in words.vocabulary.values() if domain.name != PRIORITY), scale]
    promised = promised_metrics(file.targets)
    names = metric_names([*file.clocks, *file.unread.get("clocks", ())], promised)
    attachable = file.targets is not None and applies_on_attachment(file.targets)
    reasons = _build_reasons(file, problems)
    metrics = build_metrics(file, promised, facts, reasons, attachable=attachable, problems=problems)
    policy = None
    if file.priority is not None:
        policy = build_priority(file.priority, words.vocabulary, scale, bounds, problems.at("priority"))
    targets = None
    if file.targets is not None:
        targets = build_targets(
            file.targets,
            facts,
            dict.fromkeys([*names, *BUILT_IN]),
            calendars=calendars,
            plans=plans,
            tz=tz,
            bounds=bounds,
            problems=problems.at("targets"),
        )
    scope = None
    if file.scope is not None:
        scope = build_scope(file.scope, words.vocabulary, bounds, problems.at("scope"))
    directory = _build_directory(file, timezone, problems)
    ladders = _build_ladders(file, calendars, scale, names, directory, problems)
    always = calendars[ALWAYS]
    agreement = None
    if always is not None and not problems:
        with problems.at("targets"):
            agreement = _build_agreement(metrics, targets, always, scale)
    if problems or policy is None or head.tz is None or agreement is None or reasons is None:
        return None
    return ServiceConcept(
        name=file.name,
        language=head.language,
        zone=head.tz,
        vocabulary=words.vocabulary,
        scale=scale,
        calendars=FrozenMapping({name: calendar for name, calendar in calendars.items() if calendar is not None}),
        priority=policy,
        agreements=(agreement,),
        ladders=ladders,
        scope=scope,
        directory=directory,
        start=None if head.period is None else head.period.start,
        end=None if head.period is None else head.period.end,
        waiting_reasons=reasons,
    )


# A file without people or ladders has no escalation, and need not wait until its classes are imported.


def _build_directory(file: FileShape, timezone: str, problems: Problems) -> Directory:
    if not file.people and not file.on_call:
        return Directory()
    from supportcore.concept.sections.people import build_directory

    return build_directory(file.people, file.on_call, timezone, problems)


def _build_ladders(
    file: FileShape,
    calendars: Calendars,
    scale: Scale,
    metrics: Iterable[str],
    directory: Directory,
    problems: Problems,
) -> "LadderPolicy | None":
    if not file.ladders:
        return None
    from supportcore.concept.sections.ladders import build_ladders
    from supportcore.escalation import Recipients

    ladders = build_ladders(file.ladders, calendars, scale, metrics, problems)
    if ladders is not None and not any(problem.path.startswith(PEOPLE) for problem in problems):
        with problems.at("ladders"):
            Recipients(directory.duties, directory.people, directory.roles).check_policy(ladders)
    return ladders


def _build_reasons(file: FileShape, problems: Problems) -> tuple[str, ...] | None:
    """The waiting reasons; `None` if they could not be read."""
    if file.waiting is None:
        return None if "waiting" in file.unread else WAITING_REASONS
    with problems.at("waiting.reasons"):
        return parse_reasons(file.waiting.reasons)
    return None


def _build_agreement(
    metrics: Iterable[Metric], targets: TargetsSection | None, always: BusinessCalendar, scale: Scale
) -> Agreement:
    """Return the agreement with the customer; without targets, its clocks are stopwatches (SLA-2)."""
    if targets is None:
        return Agreement(AGREEMENT, always, metrics, priorities=scale.members, calendar_name=ALWAYS)
    return Agreement(
        AGREEMENT,
        always,
        metrics,
        targets=targets.table,
        promises=targets.promises,
        priorities=scale.members,
        on_attachment=targets.on_attachment,
        calendar_name=ALWAYS,
    )


def _build_head(file: FileShape, problems: Problems) -> _Head:
    tz = None
    if file.timezone:
        with problems.at("timezone"):
            tz = zone(file.timezone)
    language: Language = "en"
    with problems.at("language"):
        language = language_named(file.language)
    period = None
    if file.valid and tz is not None:
        with problems.at("valid"):
            period = parse_period(file.valid, tz)
    return _Head(tz, language, period)


def _build_words(file: FileShape, bounds: Bounds, problems: Problems) -> _Words:
    domains: list[Domain] = []
    for name, text in file.facts.items():
        at_fact = problems.at(f"facts.{name}")
        if name == PRIORITY:
            at_fact.add("", "the priority is derived, not a fact; declare its scale under `scales`")
            continue
        with at_fact:
            domains.append(parse_domain(name, text, bounds=bounds))
    scale = DEFAULT_SCALE
    for name, text in file.scales.items():
        at_scale = problems.at(f"scales.{name}")
        if name != PRIORITY:
            at_scale.add("", f"scales other than `{PRIORITY}` are not built yet; remove it from the file")
            continue
        with at_scale:
            domain = parse_domain(name, text, bounds=bounds)
            if isinstance(domain, Scale):
                scale = domain
            else:
                at_scale.add("", f"`{text}` is not a scale; write it from low to high, such as `minor < major`")
    return _Words(Vocabulary(domains), scale)
