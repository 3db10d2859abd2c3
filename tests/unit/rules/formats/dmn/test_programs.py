"""Forty models in the layout of five programs, each with three decisions worked out by hand."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from supportcore.errors import SupportcoreError
from supportcore.rules import read_dmn

MODELS = Path(__file__).parent / "models"
EXPECTED = tomllib.loads((MODELS / "decisions.toml").read_text(encoding="utf-8"), parse_float=Decimal)
CASES = [(f"{style}/{model['file']}", model) for style, models in EXPECTED.items() for model in models]


def test_every_model_has_its_decisions():
    assert sorted(path.relative_to(MODELS).as_posix() for path in MODELS.glob("*/*.dmn")) == sorted(
        f"{name}.dmn" for name, _ in CASES
    )
    assert {style: len(models) for style, models in EXPECTED.items()} == dict.fromkeys(EXPECTED, 8)


@pytest.mark.parametrize(("name", "model"), CASES, ids=[name for name, _ in CASES])
def test_a_model_of_another_program_decides(name, model):
    xml = (MODELS / f"{name}.dmn").read_bytes()
    table = read_dmn(xml, decision=model.get("decision"), names=model.get("names", {}))
    assert len(model["cases"]) == 3
    for case in model["cases"]:
        if "error" in case:
            with pytest.raises(SupportcoreError) as raised:
                table.decide(case["facts"])
            assert type(raised.value).__name__ == case["error"]
        else:
            decided = table.decide(case["facts"]).value
            plain = [dict(outcome) for outcome in decided] if isinstance(decided, tuple) else decided
            assert plain == case["decides"]
