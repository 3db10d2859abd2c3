"""What a DMN model says beside its tables: types, allowed values, names, several decisions, other languages."""

from datetime import date, time
from decimal import Decimal

import pytest

from supportcore.bounds import Bounds
from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, NumberGap, Scale, Subset, TimeOfDay
from supportcore.errors import ConceptError, DefinitionError, FactError
from supportcore.rules import DecisionTable, Rule, read_dmn, verify, write_dmn
from supportcore.rules.cells import GIVEN, MISSING, Is, Not, OneOf


def model(expression="x", kind=None, cells=("-",), results=None, *, allowed="", out="string", extra="", hit="FIRST",
          result_values="", **tags):  # fmt: skip
    """A model with one decision of one input and one output; `tags` are further attributes by element."""
    results = results or ['"y"'] * len(cells)

    def typed(reference):
        return "" if reference is None else f' typeRef="{reference}"'

    def element(tag, text):
        return f"<{tag} {tags.get(tag, '')}><text><![CDATA[{text}]]></text></{tag}>"

    rules = "".join(
        f"<rule>{element('inputEntry', cell)}{element('outputEntry', result)}</rule>"
        for cell, result in zip(cells, results, strict=True)
    )
    return (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">{extra}<decision id="the_id" name="D">'
        f'<decisionTable hitPolicy="{hit}"><input label="label"><inputExpression{typed(kind)} '
        f"{tags.get('inputExpression', '')}><text><![CDATA[{expression}]]></text></inputExpression>"
        f"{element('inputValues', allowed) if allowed else ''}</input>"
        f'<output name="out"{typed(out)}>{element("outputValues", result_values) if result_values else ""}</output>'
        f"{rules}</decisionTable></decision></definitions>"
    )


def read_input(*given, **parts):
    return read_dmn(model(*given, **parts)).inputs[0]


def refused(xml, **arguments):
    with pytest.raises(ConceptError) as raised:
        read_dmn(xml, **arguments)
    return [f"{problem.path}: {problem.message}".removeprefix(": ") for problem in raised.value.problems]


def item(name, base="", allowed="", attributes="", inner=""):
    listed = f"<allowedValues><text>{allowed}</text></allowedValues>" if allowed else ""
    reference = f"<typeRef>{base}</typeRef>" if base else ""
    return f'<itemDefinition name="{name}" {attributes}>{reference}{listed}{inner}</itemDefinition>'


def data(name, kind, variable=""):
    return f'<inputData name="{name}"><variable name="{variable or name}" typeRef="{kind}"/></inputData>'


# Types

TYPES = [
    ("string", '"a"', Choice("x", ["a"], other=True)),
    ("feel:string", "-", Choice("x", ["anything"], other=True)),
    ("boolean", "true", Flag("x")),
    ("number", "1", Number("x")),
    ("double", "1", Number("x")),
    ("integer", "1", Integer("x")),
    ("long", "1", Integer("x")),
    ("xsd:int", "1.0", Integer("x")),
    ("date", 'date("2026-01-31")', Day("x")),
    ("time", 'time("09:00:00")', TimeOfDay("x")),
    ("dayTimeDuration", 'duration("PT8H")', Minutes("x")),
    ("days and time duration", 'duration("PT8H")', Minutes("x")),
    (None, "> 60", Number("x")),
    (None, "true", Flag("x")),
    (None, '"a"', Choice("x", ["a"], other=True)),
    (None, '@"2026-01-31"', Day("x")),
    (None, '@"09:00:00"', TimeOfDay("x")),
    (None, '@"PT8H"', Minutes("x")),
    ("Any", "5, null", Number("x", optional=True)),
    ("&lt;Undefined&gt;", "5", Number("x")),
]


@pytest.mark.parametrize(("kind", "cell", "domain"), TYPES)
def test_the_type_of_a_column_is_that_of_the_model_or_of_its_literals(kind, cell, domain):
    assert read_input("x", kind, [cell]) == domain


ALLOWED = [
    ("number", "[0..10]", Number("x", 0, 10)),
    ("number", "(0..10)", Number("x", 0, 10, lo_open=True, hi_open=True)),
    ("number", ">= 0", Number("x", 0)),
    ("number", "1, 2, 3", Integer("x", 1, 3)),
    ("number", "3, 1, 2, null", Integer("x", 1, 3, optional=True)),
    ("number", "1, 5, 10", Number("x", 1, 10, gaps=[NumberGap(1, 5), NumberGap(5, 10)])),
    (
        "number",
        "0.5, 1.5",
        Number("x", Decimal("0.5"), Decimal("1.5"), gaps=[NumberGap(Decimal("0.5"), Decimal("1.5"))]),
    ),
    ("number", "[0..10], [20..30)", Number("x", 0, 30, hi_open=True, gaps=[NumberGap(10, 20)])),
    ("number", "<= 0, >= 5", Number("x", gaps=[NumberGap(0, 5)])),
    ("integer", "[0..10]", Integer("x", 0, 10)),
    ("integer", "1, 5", Number("x", 1, 5, gaps=[NumberGap(1, 5)])),
    ("integer", "[1..2], 5", Number("x", 1, 5, gaps=[NumberGap(1, 2), NumberGap(2, 5)])),
    ("string", '"a","b"', Choice("x", ["a", "b"])),
    ("string", '"a, b", "", null', Choice("x", ["a, b", ""], optional=True)),
    ("boolean", "true, false", Flag("x")),
    ("boolean", "false,true,null", Flag("x", optional=True)),
    ("date", '>= date("2026-01-01")', Day("x", date(2026, 1, 1))),
    ("time", '[time("08:00:00")..time("18:00:00"))', TimeOfDay("x", time(8), time(17, 59))),
    ("dayTimeDuration", '<= duration("P1D")', Minutes("x", None, 1440)),
    (None, '"a","b"', Choice("x", ["a", "b"])),
]


@pytest.mark.parametrize(("kind", "allowed", "domain"), ALLOWED)
def test_allowed_values_bound_the_domain(kind, allowed, domain):
    read = read_input("x", kind, allowed=allowed)
    if kind == "dayTimeDuration":
        assert (read.lo, read.hi) == (0, 1440)
    else:
        assert read == domain


NOT_ALLOWED = [
    ("boolean", "true", "the allowed values `true` are not `true, false`; give its domain in `domains`"),
    ("number", "[0..1), (2..3]",
     "the allowed values `[0..1), (2..3]` leave out the end of a range; give its domain in `domains`"),
    ("integer", ">= 5, 1", "the allowed values `>= 5, 1` are several ranges of more than 1000 whole numbers; give its "
     "domain in `domains`"),
    ("integer", "[1..2000], 3000", "the allowed values `[1..2000], 3000` are several ranges of more than 1000 whole "
     "numbers; give its domain in `domains`"),
    ("date", '@"2026-01-01", @"2026-02-01"', 'the allowed values `@"2026-01-01", @"2026-02-01"` are not a single '
     "range; "
     "give its domain in `domains`"),
    ("number", '"a"', '`"a"` is a text; `x` takes numbers; write a number without quotes, as in `20`'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "allowed", "words"), NOT_ALLOWED)
def test_allowed_values_that_bound_no_domain_are_refused(kind, allowed, words):
    assert refused(model("x", kind, allowed=allowed)) == [f"column x: {words}"]


def test_several_ranges_are_exact():
    ranges = "[0..10], [20..30]"
    table = read_dmn(model("x", "number", ["<= 10", "[20..30]"], allowed=ranges, hit="UNIQUE"))
    assert verify(table) == ()
    with pytest.raises(FactError, match=r"`15` lies outside `x` \(number 0 .. 10 or 20 .. 30\)"):
        table.decide({"x": 15})
    assert ranges in write_dmn(table)
    assert read_dmn(write_dmn(table)) == table
    [gap] = verify(read_dmn(model("x", "number", ["< 10", "[20..30]"], allowed=ranges, hit="UNIQUE")))
    assert gap.code == "rules.gap"


OWN_TYPES = [
    (item("tScore", "number", "[0..10]"), "tScore", Number("x", 0, 10)),
    (item("tScore", "tBase") + item("tBase", "number", "[0..5]"), "ns:tScore", Number("x", 0, 5)),
    (item("tScore", "tBase", "[1..2]") + item("tBase", "number", "[0..5]"), "tScore", Number("x", 1, 2)),
    ('<itemDefinition name="tScore"><typeRef>number</typeRef><typeConstraint><text>[0..10]</text></typeConstraint>'
     "</itemDefinition>", "tScore", Number("x", 0, 10)),
    (data("x", "number"), None, Number("x")),
    (data("the x", "number", "x"), None, Number("x")),
    (item("tScore", "number", "[0..10]") + data("x", "tScore"), None, Number("x", 0, 10)),
    (item("tScore", "number", "[0..10]") + data("x", "tScore"), "number", Number("x", 0, 10)),
    (item("tScore", "number", "[0..10]") + data("x", "tScore"), "integer", Integer("x")),
    (item("tScore", "Any") + data("x", "number"), "tScore", Number("x")),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "kind", "domain"), OWN_TYPES)
def test_types_of_the_models_own_and_of_its_inputs_are_read(extra, kind, domain):
    assert read_input("x", kind, extra=extra) == domain


def test_the_parts_of_a_structure_are_typed():
    part = item("tAge", "number", "[0..120]")
    parts = (
        '<itemComponent name="age"><typeRef>tAge</typeRef></itemComponent>'
        '<itemComponent name="home"><itemComponent name="city"><typeRef>string</typeRef>'
        '<allowedValues><text>"Bonn","Ulm"</text></allowedValues></itemComponent></itemComponent>'
        '<itemComponent name="work" typeRef="tHome"/><itemComponent name="pets" isCollection="true" typeRef="string"/>'
    )
    home = item("tHome", inner='<itemComponent name="floor"><typeRef>number</typeRef></itemComponent>')
    extra = part + home + item("tPerson", inner=parts) + data("p", "tPerson")
    assert read_input("p.age", extra=extra) == Number("p.age", 0, 120)
    assert read_input("p.home.city", extra=extra) == Choice("p.home.city", ["Bonn", "Ulm"])
    assert read_input("p.work.floor", extra=extra) == Number("p.work.floor")
    assert refused(model("p.age.x", extra=extra)) == ["column p.age.x: the model gives it no type; give its domain in "
                                                      "`domains`"]  # fmt: skip
    assert refused(model("p.home", extra=extra)) == [
        "column p.home: `home` is a type of several parts; compare one of its parts"
    ]
    assert refused(model("p.pets", extra=extra)) == [
        "column p.pets: `pets` is a type of lists; give the domain in `domains`"
    ]
    assert refused(model("p", extra=extra)) == [
        "column p: `tPerson` is a type of several parts; compare one of its parts"
    ]


NO_TYPES = [
    (None, ["-"], "", "the model gives it no type; give its domain in `domains`"),
    (None, ["5", '"a"'], "", "the model gives it no type, and its entries show none, since `5` is a number, "
     '`"a"` is a text; '
     "give its domain in `domains`"),
    ("dateTime", ["-"], "", "`dateTime` is a type of instants, which tables do not take; compare a day or a time "
     "of day, or give the domain in `domains`"),
    ("years and months duration", ["-"], "", "`years and months duration` is not a type of tables; did you mean "
     "`days and time duration`?; give the domain in `domains`"),
    ("tLoop", ["-"], item("tLoop", "tLoop"), "the type `tLoop` is defined by itself; give the domain in `domains`"),
    ("tList", ["-"], item("tList", "string", attributes='isCollection="true"'),
     "`tList` is a type of lists; give the domain in `domains`"),
    ("string", ['"other"'], "", "`other` means anything else where the model does not list the texts; give the domain "
     "with all its texts in `domains`"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cells", "extra", "words"), NO_TYPES)
def test_a_column_without_a_type_of_tables_names_the_remedy(kind, cells, extra, words):
    assert refused(model("x", kind, cells, extra=extra)) == [f"column x: {words}"]


def test_domains_replace_those_of_the_model():
    age = Integer("x", 0, 120)
    assert read_dmn(model("x", "dateTime", ["> 17"]), domains=[age]).inputs == (age,)
    assert read_dmn(model("x", "string", results=["5"]), domains=[Integer("out")]).outputs == (Integer("out"),)


OUTPUTS = [
    ("string", ['"a"', '"b"'], Choice("out", ["a", "b"])),
    ("string", ['"a"', "null"], Choice("out", ["a"], optional=True)),
    ("string", ["null", "-"], Choice("out", ["anything"], optional=True)),
    ("string", ['"other"', '"a"'], Choice("out", ["other", "a"])),
    (None, ["5", "6"], Number("out")),
    (None, ["true", ""], Flag("out", optional=True)),
    ("date", ['date("2026-01-31")', 'date("2026-02-01")'], Day("out")),
]


@pytest.mark.parametrize(("kind", "results", "domain"), OUTPUTS)
def test_outputs_take_the_values_of_their_type(kind, results, domain):
    assert read_dmn(model("x", "number", ["1", "2"], results, out=kind)).outputs == (domain,)


def test_a_ranked_output_is_a_scale_from_the_last_to_the_first():
    xml = model("x", "number", ["1"], ['"high"'], hit="PRIORITY", result_values='"high","low"')
    assert read_dmn(xml).outputs == (Scale("out", ["low", "high"]),)


# Null and negation

NULLS = [
    (["null", 'not("a")'], [MISSING, OneOf([Not([Is("a")]), MISSING])]),
    (["null", 'not("a", null)'], [MISSING, Not([Is("a")])]),
    (["null", '!= "a"'], [MISSING, OneOf([Not([Is("a")]), MISSING])]),
    (['"a", null', "not(null)"], [OneOf([Is("a"), MISSING]), GIVEN]),
    (["= null", "!= null"], [MISSING, GIVEN]),
    (['!= null, "a"', '"a", "b", "a"'], [GIVEN, OneOf([Is("a"), Is("b")])]),
    (["!= null, null", '!= "a", "b"'], [None, OneOf([Not([Is("a")]), MISSING, Is("b")])]),
]


@pytest.mark.parametrize(("cells", "read"), NULLS)
def test_null_is_a_missing_fact_and_not_holds_for_it(cells, read):
    table = read_dmn(model("x", "string", cells, allowed='"a","b","c"'))
    assert table.inputs == (Choice("x", ["a", "b", "c"], optional=True),)
    assert [rule.when.get("x") for rule in table.rules] == read


def test_in_a_required_column_not_stays_as_it_is():
    table = read_dmn(model("x", "string", ['not("a")', '!= "a"'], allowed='"a","b"'))
    assert [rule.when["x"] for rule in table.rules] == [Not([Is("a")]), Not([Is("a")])]


def test_a_null_that_another_program_adds_makes_a_carried_column_optional():
    kind = Choice("x", ["a", "b"])
    table = DecisionTable(name="t", inputs=[kind], outputs=[Flag("out")], rules=[Rule({"x": "a"}, {"out": True})])
    changed = write_dmn(table).replace('<text>"a"</text>', '<text>"a", null</text>')
    assert read_dmn(changed).inputs == (Choice("x", ["a", "b"], optional=True),)


CELLS = [
    ("string", "5", '`5` is a number; `x` takes texts; write a text in double quotes, as in `"low"`'),
    ("number", '"5"', '`"5"` is a text; `x` takes numbers; write a number without quotes, as in `20`'),
    ("integer", "4.5", "`4.5` is not a whole number; `x` takes whole numbers"),
    ("integer", "1e5000", "`1E+5000` is too long; `x` takes 999 digits before and after the point"),
    ("boolean", '"true"', '`"true"` is a text; `x` takes yes or no; write `true` or `false`'),
    ("date", '"2026-01-31"', '`"2026-01-31"` is a text; `x` takes days; write a day as in `date("2026-01-31")`'),
    ("time", "9", '`9` is a number; `x` takes times of day; write a time as in `time("09:00:00")`'),
    ("dayTimeDuration", "8", '`8` is a number; `x` takes durations; write a duration as in `duration("PT8H")`'),
    ("number", "not(!= 5)", "`!=` inside `not(...)` negates twice; name the values that fit"),
    ("number", "< null", "`null` is null; `x` takes numbers; write a number without quotes, as in `20`"),
    ("string", '> "a"', "`x` is a choice and has no order; name its values instead"),
]


@pytest.mark.parametrize(("kind", "cell", "words"), CELLS)
def test_an_entry_of_another_kind_is_refused_with_its_rule_and_column(kind, cell, words):
    assert refused(model("x", kind, [cell])) == [f"rule r1, column x: {words}"]


def test_every_problem_has_the_line_of_its_entry():
    xml = (
        model("x", "number", ["a", "1"], ['"y"', "b"])
        .replace("<rule>", "\n<rule>")
        .replace("<outputEntry", "\n<outputEntry")
    )
    with pytest.raises(ConceptError) as raised:
        read_dmn(xml)
    assert [(problem.path, problem.line) for problem in raised.value.problems] == [
        ("rule r1, column x", 2),
        ("rule r2, column out", 5),
    ]


SETS = Subset("x", ["a", "b"])


def test_sets_of_words_are_outcomes_but_not_tested():
    assert refused(model("x", None, ['"a"']), domains=[SETS]) == [
        "rule r1, column x: `x` takes sets of words, which DMN has no test for; leave the entry empty"
    ]
    areas = Subset("out", ["a", "b"])
    table = read_dmn(model("x", "number", ["1"], ['["b", "a"]']), domains=[areas])
    assert table.rules[0].then == {"out": frozenset({"a", "b"})}
    assert refused(model("x", "number", ["1"], ["[5]"]), domains=[areas]) == [
        "rule r1, column out: `5` is not a member of `out` (a, b)"
    ]


# Names

COMPUTED = ("speed - limit", "a + 1", "count(list)", "x between 1 and 2", "5", "if a then b else c")


@pytest.mark.parametrize("expression", COMPUTED)
def test_a_computed_input_is_refused_or_named(expression):
    assert refused(model(expression, "number")) == [
        f"column {expression}: `{expression}` is computed; compute it before the table and name the fact in "
        f"`names={{{expression!r}: …}}`"
    ]
    assert read_dmn(model(expression, "number"), names={expression: "fact"}).inputs == (Number("fact"),)
    assert read_dmn(model(expression, "number"), domains=[Number(expression)]).inputs == (Number(expression),)


def test_a_name_of_the_model_may_have_any_signs():
    extra = data("speed - limit", "number")
    assert read_dmn(model("speed - limit", extra=extra)).inputs == (Number("speed - limit"),)
    assert read_dmn(model("key customer", "boolean")).inputs == (Flag("key customer"),)


def test_names_are_a_mapping_from_input_expressions():
    assert refused(model("x", "number"), names={"y": "z"}) == [
        "names: `y` is not an input expression; expected one of `x`"
    ]
    with pytest.raises(DefinitionError, match=r"^`x` is a text; expected names of facts by input expression$"):
        read_dmn(model(), names="x")


def test_an_input_without_an_expression_has_its_label():
    assert read_dmn(model("", "number")).inputs == (Number("label"),)
    assert refused(model("", "number").replace('label="label"', "")) == [
        "column 1: the input has neither an expression nor a label; give it one"
    ]


# Decisions

SECOND = '<decision id="other" name="E"><literalExpression><text>5</text></literalExpression></decision>'


def test_decisions_are_chosen_by_name_or_id():
    assert read_dmn(model("x", "number"), decision="the_id").name == "D"
    assert read_dmn(model("x", "number", extra=SECOND)).name == "D"
    assert refused(model(extra=SECOND), decision="E") == [
        "`E` is a literal expression; only tables are read; expected one of `D`"
    ]
    only = f"<definitions>{SECOND}<decision name='F'/></definitions>"
    assert refused(only) == ["the model has no decision with a table; `E` is a literal expression, `F` is empty"]
    assert refused(only, decision="E") == ["`E` is a literal expression; only tables are read"]
    assert refused(model(), decision="the-id") == [
        "`the-id` is not a decision with a table; expected one of `D`; did you mean `the_id`?"
    ]
    twice = model("x", "number").replace("</definitions>", "") + model("x", "number").partition(">")[2]
    assert refused(twice.replace('id="the_id"', 'id="first"', 1)) == [
        "several decisions have the same name; give one of their ids, `first`, `the_id`, as `decision`"
    ]
    assert read_dmn(twice.replace('id="the_id"', 'id="first"', 1), decision="first").name == "D"
    both = twice.replace('id="the_id" name="D"', 'id="first" name="F"', 1)
    assert refused(both) == ["the model has several decisions with a table; name one of `F`, `D` as `decision`"]


def test_the_table_of_a_knowledge_model_has_the_types_of_its_parameters():
    plain = model("x", None)
    knowledge = plain.replace("<decision ", "<businessKnowledgeModel ").replace(
        "</decision>", "</businessKnowledgeModel>"
    )
    parameter = '<encapsulatedLogic><formalParameter name="x" typeRef="number"/>'
    inner = knowledge.replace("<decisionTable", f"{parameter}<decisionTable")
    inner = inner.replace("</decisionTable>", "</decisionTable></encapsulatedLogic>")
    assert read_dmn(inner).inputs == (Number("x"),)
    assert refused("<definitions><businessKnowledgeModel name='B'/></definitions>") == [
        "the model has no decision with a table; `B` is empty"
    ]


# Other languages and files


def test_other_languages_are_refused_unless_the_literal_is_one_in_any_language():
    juel = 'expressionLanguage="juel"'
    assert refused(model("x", "number", ["1"], ['"a" + b'], outputEntry=juel)) == [
        "rule r1, column out: it is written in `juel`; only FEEL is read; write it in FEEL"
    ]
    assert read_dmn(model("x", "number", ["1"], ['"a"'], outputEntry=juel)).rules[0].then == {"out": "a"}
    assert refused(model("x", "number", ["> 1"], inputEntry='expressionLanguage="groovy"')) == [
        "rule r1, column x: it is written in `groovy`; only FEEL is read; write it in FEEL"
    ]
    assert read_dmn(model("x", "number", ["-"], inputEntry='expressionLanguage="groovy"')).rules[0].when == {}
    for language in ("feel", "https://www.omg.org/spec/DMN/20191111/FEEL/", "unaryTests"):
        assert read_dmn(model("x", "number", ["> 1"], inputEntry=f'expressionLanguage="{language}"')).rules[0].when
    assert refused(model("x", "number", allowed="[0..1]", inputValues='expressionLanguage="python"')) == [
        "column x: it is written in `python`; only FEEL is read; write it in FEEL"
    ]


def test_values_in_other_files_are_refused():
    xml = model("x", "number").replace("<outputEntry ><text>", "<outputEntry ><importedValues/><text>")
    assert refused(xml) == ["rule r1, column out: its values are imported from another file; write them into the table"]


def test_an_entity_is_refused_and_so_is_an_unknown_encoding():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]>\n<definitions>&a;</definitions>'
    assert refused(bomb) == ["the entity `a` is declared; write its text instead"]
    assert refused(b'<?xml version="1.0" encoding="x-none"?><definitions/>') == [
        "cannot be read as XML: unknown encoding: x-none"
    ]
    assert refused("<definitions>\ud800</definitions>")[0].startswith("cannot be read as XML: ")
    assert refused(b'<?xml version="1.0" encoding="utf-7"?><definitions/>')[0].startswith("cannot be read as XML: ")


# Defaults and reasons


def test_a_default_is_read_and_an_empty_one_is_none():
    xml = model("x", "number", ["1"])
    output = '<output name="out" typeRef="string"></output>'
    for entry, default in (("&quot;z&quot;", {"out": "z"}), ("null", {}), ("", None), ("-", None)):
        clause = output.replace("></", f"><defaultOutputEntry><text>{entry}</text></defaultOutputEntry></")
        assert read_dmn(xml.replace(output, clause)).default == default
    two = output.replace("></", "><defaultOutputEntry><text>&quot;z&quot;</text></defaultOutputEntry></")
    second = (
        two + '<output name="more" typeRef="dateTime"><defaultOutputEntry><text>5</text></defaultOutputEntry></output>'
    )
    wrong = xml.replace(output, second).replace("</rule>", "<outputEntry><text>5</text></outputEntry></rule>")
    assert len(refused(wrong)) == 1


def test_annotations_are_the_reason_and_else_the_description():
    xml = model("x", "number")
    described = xml.replace("<rule>", "<rule><description>why</description>")
    assert read_dmn(described).rules[0].because == "why"
    notes = (f"<annotationEntry><text>{note}</text></annotationEntry>" for note in ("first", "", "second"))
    noted = described.replace("</rule>", "".join(notes) + "</rule>")
    assert read_dmn(noted).rules[0].because == "first; second"


def test_a_model_beyond_the_bounds_is_refused():
    xml = model("x", "number", ["1", "2"])
    more = "make it smaller, or read it with"
    assert refused(xml, bounds=Bounds(file_size=100))[0].startswith("more than 100 bytes, unpacked; make it smaller")
    assert refused(xml, bounds=Bounds(rules=1)) == [f"more than 1 rules; {more} `bounds=Bounds(rules=2)`"]
    assert refused(xml, bounds=Bounds(columns=1)) == [f"more than 1 columns; {more} `bounds=Bounds(columns=2)`"]
    assert refused(xml, bounds=Bounds(depth=4)) == [f"more than 4 levels of nesting; {more} `bounds=Bounds(depth=5)`"]
    long = model("x", "number", ["1, " * 4000 + "1"], ['"' + "y" * 20_000 + '"'])
    assert refused(long) == [
        f"rule r1, column x: more than 10,000 characters in a cell; {more} `bounds=Bounds(cell=12_001)`",
        f"rule r1, column out: more than 10,000 characters in a cell; {more} `bounds=Bounds(cell=20_002)`",
    ]
    assert read_dmn(long, bounds=Bounds(cell=20_002)).inputs == (Number("x"),)
