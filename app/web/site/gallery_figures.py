"""Sample figures, tables and pictures for the gallery of parts."""

from __future__ import annotations

from app.web.shared import charts
from app.web.shared.competency_cells import CompetencyBlock
from app.web.shared.part_data import Cell, Header, MapSlot
from app.web.shared.sociogram import Sociogram, TieKind, sociogram

HEADERS = (
    Header("Mock exam"),
    Header("Taken"),
    Header("Right", is_figure=True),
    Header("Outcome"),
)
MATRIX_HEADERS = ("Screening", "Planning", "Referral", "Family", "Ethics")


def bars_sample() -> charts.BarChart:
    return charts.bar_chart(
        "Right answers by domain",
        (
            ("Screening and assessment", 82),
            ("Planning and referral", 36),
            ("Counseling", 67),
            ("Ethics", 71),
        ),
        most=100,
        unit="%",
        goal=("our cut", 68),
        strong="Planning and referral",
        value_header="Share right",
    )


def line_sample() -> charts.LineChart:
    return charts.line_chart(
        "Mock exam scores",
        (("3 Sep", 512), ("24 Sep", 548), ("15 Oct", 541), ("5 Nov", 588), ("19 Nov", 604)),
        low=450,
        value_header="Scaled score",
    )


def dots_sample() -> charts.DotStrip:
    return charts.dot_strip(
        "Level at each observation",
        (
            ("6 Sep, Cora", 2),
            ("20 Sep, Cora", 2),
            ("4 Oct, Dov", 3),
            ("18 Oct, Cora", 3),
            ("1 Nov, Cora", 3),
            ("15 Nov, Cora", 4),
        ),
        low=1,
        high=4,
        strong="15 Nov, Cora",
        value_header="Level",
    )


def meter_sample() -> charts.RangeMeter:
    return charts.range_meter("About 6 in 10", at=0.6, low=0.34, high=0.84)


def slots_sample() -> tuple[MapSlot, ...]:
    return tuple(
        MapSlot(
            n,
            "#item_map",
            "met" if n < 37 else "open",
            is_flagged=n in (5, 12, 33, 41),
            is_current=n == 37,
        )
        for n in range(1, 61)
    )


def rows_sample() -> tuple[tuple[Cell | str, ...], ...]:
    return (
        ("Full mock, form 3", "19 November", "104 of 150", Cell("above our cut", state="met")),
        ("Half mock, form 1", "5 November", "48 of 75", Cell("not yet", state="below")),
        (
            Cell("Domain 2 only", url="#table", detail="assigned by Cora"),
            "15 October",
            "9 of 20",
            Cell("too few answers", state="open"),
        ),
    )


def matrix_rows_sample() -> tuple[tuple[Cell, ...], ...]:
    words = {
        "met": "met",
        "ageing": "met but ageing",
        "below": "below",
        "open": "not enough evidence",
        "none": "not required",
    }
    people = (
        ("Ana Reyes", "LCAS-A", ("met 6", "below 3", "below 5", "open 1", "met 5")),
        ("Luis Ferro", "CADC", ("met 5", "met 4", "open 2", "below 3", "met 8")),
        ("Noor Haddad", "LCAS", ("met 9", "met 6", "ageing 7", "met 4", "none 0")),
    )
    rows = []
    for name, credential, cells in people:
        row = [Cell(name, detail=credential, url="#matrix")]
        for state, count in (cell.split() for cell in cells):
            if state == "none":
                row.append(Cell("", state=state, spoken=words[state]))
            else:
                spoken = f"{words[state]}, {count} pieces of evidence"
                row.append(Cell(count, state=state, spoken=spoken, url="#matrix"))
        rows.append(tuple(row))
    return tuple(rows)


def competency_block_sample() -> CompetencyBlock:
    return CompetencyBlock(
        code="TAP21-61",
        title="Coordinate all treatment with services from other resources.",
        text="",
        sureness="written from memory, not read",
        state="ageing",
        words="met but ageing",
        facts=(
            ("Seen at the level asked", "3 of 3 observations, on 2 of 2 days"),
            ("Met through", "Jan 9, 2027"),
        ),
        rows=(
            (
                "Jan 9, 2026",
                "Observation",
                "Competent, live, alone",
                Cell("Cora Lindqvist", detail="CCS"),
                "2006, version 1",
            ),
        ),
    )


def sociogram_sample() -> Sociogram:
    return sociogram(
        "The people around Lena",
        client=("lena", "Lena"),
        people=(("ruth", "Ruth"), ("dan", "Dan"), ("jo", "Jo, sponsor")),
        rings=("very close", "close", "distant"),
        kinds=(
            TieKind("supports", "supports"),
            TieKind("strains", "strains", "dashed"),
            TieKind("drinks", "drinks with", "dotted"),
        ),
        placed={"ruth": 0, "dan": 2, "jo": 1},
        ties={
            ("lena", "jo"): frozenset({"supports"}),
            ("lena", "ruth"): frozenset({"strains"}),
            ("ruth", "dan"): frozenset({"supports"}),
            ("lena", "dan"): frozenset({"drinks"}),
        },
    )
