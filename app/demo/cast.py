"""The demo cast: invented people with an invented password, the same in docs and pictures."""

from __future__ import annotations

from dataclasses import dataclass

DEMO_PASSWORD = "trail-amber-diamond"  # noqa: S105 (shown on the demo's own start page)
ORGANISATION = "Blue Ridge Recovery Network"
EASTSIDE = "Eastside team"
WESTSIDE = "Westside team"


@dataclass(frozen=True, slots=True)
class CastMember:
    """One invented person. Shape: `teams` pairs a role with the team it is held for."""

    key: str
    full_name: str
    credential: str
    email: str
    roles: tuple[tuple[str, str | None], ...]


def _member(key: str, name: str, credential: str, *roles: tuple[str, str | None]) -> CastMember:
    return CastMember(key, name, credential, f"{key}@demo.waymark.example", roles)


ANA = _member("ana", "Ana Reyes", "LCAS-A", ("candidate", EASTSIDE))
BEN = _member("ben", "Ben Okafor", "LCAS", ("trainer", None))
CORA = _member("cora", "Cora Lindqvist", "CCS", ("supervisor", EASTSIDE))
DOV = _member("dov", "Dov Katz", "CCS", ("supervisor", WESTSIDE))
ELI = _member("eli", "Eli Moreau", "", ("administrator", None))
OTHERS = (
    _member("ines", "Inés Duarte", "LCAS", ("trainer", None)),
    _member("luis", "Luis Ferro", "CADC", ("candidate", EASTSIDE)),
    _member("noor", "Noor Haddad", "LCAS-A", ("candidate", EASTSIDE)),
    _member("priya", "Priya Raman", "LCAS-A", ("candidate", EASTSIDE)),
    _member("tomas", "Tomás Vega", "CADC", ("candidate", EASTSIDE)),
    _member("wendell", "Wendell Price", "LCAS-A", ("candidate", EASTSIDE)),
    _member("mika", "Mika Sato", "LCAS-A", ("candidate", WESTSIDE)),
    _member("jonas", "Jonas Weber", "CADC", ("candidate", WESTSIDE)),
    _member("amara", "Amara Nwosu", "LCAS-A", ("candidate", WESTSIDE)),
)
CAST = (ANA, BEN, CORA, DOV, ELI, *OTHERS)
ON_SCREEN = (ANA, BEN, CORA, DOV, ELI)
