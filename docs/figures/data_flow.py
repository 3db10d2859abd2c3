"""Draws how data flows through the packages, for CONTRIBUTING.md: run it, and it writes the picture."""

from itertools import pairwise
from pathlib import Path

from attrs import frozen

HERE = Path(__file__).parent
WIDTH, HEIGHT = 800, 292
LEFT, STEP, WIDE, TALL = 170, 104, 86, 46
CONCEPT, TICKET, RESULTS = 20, 128, 226
COLOURS = {"file": "#eee", "policy": "#fe9", "step": "#bde", "result": "#beb"}


@frozen
class Box:
    """A value, the package that makes it, and where it is drawn."""

    value: str
    package: str
    left: int
    top: int
    width: int
    kind: str

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return self.left + self.width / 2

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + TALL


# What the steps of one ticket take from the concept, and what they make.
STEPS = (
    ("vocabulary", "facts", "tickets"),
    ("priority table", "priority", "priority"),
    ("scope table", "scope", "rules"),
    ("agreements", "clocks", "sla"),
    ("ladders, duty", "plan", "escalation"),
    ("as_of", "Case", "evaluation"),
)


def data_flow() -> str:
    """Files on the left, the policy above, the steps of one ticket from left to right, and the results below."""
    file = Box("concept file", "", 20, CONCEPT, 110, "file")
    concept = Box("ServiceConcept", "concept", LEFT, CONCEPT, 4 * STEP + WIDE, "policy")
    findings = Box("findings", "assurance", LEFT + 5 * STEP, CONCEPT, WIDE, "result")
    log = Box("ticket log", "logs", 20, TICKET, 110, "file")
    steps = [
        Box(value, package, LEFT + STEP * place, TICKET, WIDE, "step")
        for place, (_, value, package) in enumerate(STEPS)
    ]
    reports = Box("attainment, figures", "reports", LEFT + 2 * STEP, RESULTS, STEP + WIDE, "result")
    words = Box("explanation", "words of each subject, wording", LEFT + 4 * STEP, RESULTS, STEP + WIDE, "result")
    case = steps[-1]
    row = [log, *steps]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        *(line for box in (file, concept, findings, *row, reports, words) for line in drawn(box)),
        *across(file, concept),
        *across(concept, findings),
        *(line for before, after in pairwise(row) for line in across(before, after)),
    ]
    for (taken, _, _), step in zip(STEPS[:-1], steps, strict=False):
        lines += arrow(step.middle, concept.bottom, step.middle, step.top)
        lines.append(text(step.middle + 5, step.top - 16, taken, size=10, start=True))
    lines += arrow(case.middle, case.top - 22, case.middle, case.top)
    lines.append(text(case.middle, case.top - 27, STEPS[-1][0], size=10))
    lines += arrow(case.middle, case.bottom, case.middle, words.top)
    lines += [stroke(case.middle, 200, reports.middle, 200), *arrow(reports.middle, 200, reports.middle, reports.top)]
    return "\n".join([*lines, "</svg>", ""])


def drawn(box: Box) -> list[str]:
    """A box: the value, and the package in small letters below."""
    middle = box.top + TALL / 2
    lines = [
        f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{TALL}" rx="4" fill="{COLOURS[box.kind]}" '
        'stroke="#333"/>',
        text(box.middle, middle - 3 if box.package else middle + 4, box.value),
    ]
    return [*lines, text(box.middle, middle + 13, box.package, size=10, colour="#555")] if box.package else lines


def across(before: Box, after: Box) -> list[str]:
    """An arrow from a box to its neighbour on the right."""
    return arrow(before.right, before.top + TALL / 2, after.left, after.top + TALL / 2)


def arrow(x: float, y: float, to_x: float, to_y: float) -> list[str]:
    """An arrow to the right or down."""
    head = [(to_x - 6, to_y - 4), (to_x - 6, to_y + 4)] if y == to_y else [(to_x - 4, to_y - 6), (to_x + 4, to_y - 6)]
    points = " ".join(f"{at_x:g},{at_y:g}" for at_x, at_y in [(to_x, to_y), *head])
    return [stroke(x, y, to_x, to_y), f'<polygon points="{points}" fill="#333"/>']


def stroke(x: float, y: float, to_x: float, to_y: float) -> str:
    """A line."""
    return f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="#333"/>'


def text(x: float, y: float, words: str, *, size: int = 12, colour: str = "#000", start: bool = False) -> str:
    """Words, around a place or from it on."""
    anchor = "start" if start else "middle"
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{words}</text>'


PICTURES = {"data-flow.svg": data_flow}

if __name__ == "__main__":
    for name, drawing in PICTURES.items():
        (HERE / name).write_text(drawing(), encoding="utf-8")
