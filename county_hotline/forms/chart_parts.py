"""What a chart is told: bars, columns and points, and how big. Nothing here draws, so that a page may name them before paper is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a chart. Edges are at least 3:1 on the ground, so that a bar is seen in grey print too; what is late is hatched besides."""

    ink: str = "#1b2430"
    quiet: str = "#465263"
    grid: str = "#d4dae2"
    ground: str = "#ffffff"
    bar: str = "#a9c4e8"
    bar_edge: str = "#4a78b5"
    late: str = "#e3a09b"
    late_edge: str = "#b3261e"


@dataclass(frozen=True, slots=True)
class Look:
    """How big: width, and the size of words, in the drawing's unit."""

    width: float
    text: float = 14.0
    small: float = 12.0
    height: float = 0.0
    """Of charts that fill a given height; 0: as high as their rows."""
    inks: Inks = field(default_factory=Inks)


@dataclass(frozen=True, slots=True)
class Region:
    """What stands where, from the top left: so that a screen can say and open it."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: `figure` is what stands beside the bar, `note` the quiet words after it. `late` of `value` is hatched."""

    key: str
    label: str
    value: float
    figure: str
    note: str = ""
    late: float = 0.0
    is_below: bool = False
    """Below its target: said by colour, hatching and by the note."""
    is_in_column: bool = False
    """Its figure stands in one column with the others', behind the longest bar there can be: of rates."""


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar."""

    key: str
    label: str
    value: int
    is_late: bool = False
    below: str = ""
    """A second line of the label."""


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a trend: a bar and a point of the line."""

    label: str
    """Empty: no mark on the axis."""
    bar: int
    line: int
