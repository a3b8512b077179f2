"""What a sign, chip or sentence wants to say, and how large everything is: words of the theme that need no Tk."""

from __future__ import annotations

from enum import Enum


class Size(str, Enum):
    """字号, chosen at sign-in and in the settings."""

    STANDARD = "standard"  # 标准
    LARGE = "large"  # 大
    LARGEST = "largest"  # 特大


class Tone(Enum):
    """What a sign, chip or sentence wants to say, never by colour alone."""

    PLAIN = "plain"
    QUIET = "quiet"
    BLUE = "blue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
