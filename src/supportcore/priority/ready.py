"""Ready classification policies: matrices of impact and urgency, software faults, three classes, hosting.

The matrices of three, four and five steps hold the values of published ones (a service desk's base system, a
consultancy's, a university's); the names of their steps are our own.
"""

from typing import Literal, get_args

from supportcore.domains import Domain, Flag, Scale
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.priority.policies import PriorityPolicy
from supportcore.priority.scales import DEFAULT_SCALE, P1_TO_P4, P1_TO_P5, THREE_CLASSES
from supportcore.rules import read_grid, read_matrix

Ready = Literal["matrix 3x3", "matrix 4x4", "matrix 5x5", "software faults", "three classes", "hosting"]
READY: tuple[Ready, ...] = get_args(Ready)

MATRIX_3 = r"""
impact \ urgency | low | medium | high
high             | P3  | P2     | P1
medium           | P4  | P3     | P2
low              | P5  | P4     | P3
"""
MATRIX_4 = r"""
impact \ urgency | low | medium | high | critical
extensive        | P4  | P2     | P1   | P1
significant      | P4  | P3     | P2   | P1
moderate         | P4  | P3     | P2   | P2
minor            | P4  | P3     | P3   | P2
"""
MATRIX_5 = r"""
urgency \ impact | one person | team | department | site | everybody
down             | P3         | P2   | P1         | P1   | P1
unusable         | P4         | P3   | P2         | P1   | P1
hindered         | P5         | P4   | P3         | P2   | P1
laborious        | P5         | P5   | P4         | P3   | P2
leisure          | P5         | P5   | P5         | P4   | P3
"""
SOFTWARE_FAULTS = """
| fault           | usage      | workaround | -> priority | because                                     |
|-----------------|------------|------------|-------------|---------------------------------------------|
| crash           | core       | no         | blocker     | nobody can work                             |
| crash           | >= regular | -          | critical    | a much used function crashes                |
| crash           | rare       | -          | major       | it crashes, but in a place that few visit   |
| wrong result    | core       | no         | critical    | core work gives wrong results               |
| >= wrong result | -          | no         | major       | a fault without a way around it             |
| >= wrong result | -          | yes        | minor       | there is a way around it                    |
| -               | -          | -          | minor       | looks and handling                          |
"""
THREE = """
| fault        | usage      | -> urgency class | because                                        |
|--------------|------------|------------------|------------------------------------------------|
| crash        | >= regular | critical         | a crash in a function that is much used        |
| crash        | -          | next release     | a crash in a function that is rarely used      |
| wrong result | core       | critical         | core work gives wrong results                  |
| wrong result | -          | next release     | must be right by the next release              |
| -            | -          | cosmetic         | looks and handling                             |
"""
HOSTING = """
| state      | business critical | -> priority | because                                        |
|------------|-------------------|-------------|------------------------------------------------|
| down       | yes               | blocker     | the business stands still                      |
| down       | no                | critical    | a service is down                              |
| unstable   | yes               | critical    | a critical service is about to go down         |
| unstable   | no                | major       | a service works with faults                    |
| hindered   | yes               | major       | a critical service is harder to use            |
| -          | -                 | minor       | low urgency: questions, wishes, small defects  |
"""
FAULT = Scale("fault", ["cosmetic", "wrong result", "crash"])
USAGE = Scale("usage", ["rare", "regular", "core"])


def ready_policy(name: Ready) -> PriorityPolicy:
    """Return a ready-made policy by its name; each policy is complete and monotone.

    Raises `DefinitionError` for an unknown name.

    >>> policy = ready_policy("software faults")
    >>> decision = policy.classify({"fault": "crash", "usage": "rare", "workaround": False})
    >>> decision["priority"], decision.because
    ('major', 'it crashes, but in a place that few visit')
    """
    match name:
        case "matrix 3x3":
            return _matrix(MATRIX_3, ["low", "medium", "high"], ["low", "medium", "high"], P1_TO_P5, "P4")
        case "matrix 4x4":
            impact = ["minor", "moderate", "significant", "extensive"]
            return _matrix(MATRIX_4, impact, ["low", "medium", "high", "critical"], P1_TO_P4, "P3")
        case "matrix 5x5":
            impact = ["one person", "team", "department", "site", "everybody"]
            return _matrix(MATRIX_5, impact, ["leisure", "laborious", "hindered", "unusable", "down"], P1_TO_P5, "P4")
        case "software faults":
            return _grid(SOFTWARE_FAULTS, [FAULT, USAGE, Flag("workaround")], DEFAULT_SCALE, "major")
        case "three classes":
            return _grid(THREE, [FAULT, USAGE], THREE_CLASSES, "next release")
        case "hosting":
            state = Scale("state", ["fine", "hindered", "unstable", "down"])
            return _grid(HOSTING, [state, Flag("business critical")], DEFAULT_SCALE, "major")
    raise DefinitionError(f"`{name}` is not a ready policy; expected one of {listed(READY)}{did_you_mean(name, READY)}")


def _matrix(text: str, impact: list[str], urgency: list[str], scale: Scale, provisional: str) -> PriorityPolicy:
    inputs = [Scale("impact", impact), Scale("urgency", urgency)]
    order = {scale.name: ["impact", "urgency"]}
    return PriorityPolicy(
        read_matrix(text, name="priority", inputs=inputs, output=scale, rises=order), provisional=provisional
    )


def _grid(text: str, inputs: list[Domain], scale: Scale, provisional: str) -> PriorityPolicy:
    rises = {scale.name: [domain.name for domain in inputs if domain.name != "workaround"]}
    falls = {scale.name: [domain.name for domain in inputs if domain.name == "workaround"]}
    table = read_grid(text, name="priority", inputs=inputs, outputs=[scale], rises=rises, falls=falls)
    return PriorityPolicy(table, provisional=provisional)
