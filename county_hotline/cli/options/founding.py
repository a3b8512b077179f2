"""Options of the commands for founding a station, entering a county, taking over, and who is there."""

from __future__ import annotations

from typing import Final

from county_hotline.cli.options.words import STATION, WAY_IN, Argument, Command, Flag, Option

COMMANDS: Final = (
    Command(
        "init",
        "founding",
        "init",
        (
            Option("station", metavar="03"),
            Option("role", choices=("hall", "centre", "agency", "hub"), default="hall"),
            Option("unit", metavar="UNIT"),
            Option("name", metavar="NAME"),
            Option("desk", metavar="DESK"),
            Option("phone", metavar="PHONE"),
            Option("county", metavar="sample|DIR", default="sample"),
            Option("password", metavar="PASSWORD"),
        ),
    ),
    Command(
        "hub",
        "hub",
        "hub",
        (
            Argument(
                "action", optional=True, choices=("serve", "join", "sync", "recheck", "restored", "rescue"), default="serve"
            ),
            Argument("url", optional=True),
            Argument("code", optional=True),
            Option("hub_id", metavar="ID"),
            Flag("same_hub"),
            Flag("yes"),
            Option("host", metavar="HOST", default="127.0.0.1"),
            Option("port", metavar="PORT", type=int, default=8480),
            Option("county", metavar="sample|DIR", default="sample"),
            Option("tls_certificate", metavar="FILE"),
            Option("tls_key", metavar="FILE"),
            Option("put_back", metavar="TIME"),
            Option("station", metavar="03"),
            Option("hours", metavar="N", type=int, default=24),
        ),
    ),
    Command(
        "enrol", "founding", "enrol", (*STATION, Option("hours", metavar="N", type=int, default=24), Flag("replaces"), *WAY_IN)
    ),
    Command("join", "founding", "join", (*WAY_IN, Flag("same_hub"), Flag("yes"))),
    Command(
        "takeover",
        "restoring",
        "takeover",
        (Argument("url"), Argument("code"), Option("hub_id", metavar="ID"), Option("password", metavar="PASSWORD")),
    ),
    Command("stations", "founding", "stations"),
    Command(
        "account",
        "founding",
        "account",
        (
            Option("badge", metavar="0301"),
            Option("name", metavar="NAME"),
            Option("roles", metavar="clerk,leader"),
            Option("password", metavar="PASSWORD"),
        ),
    ),
)
