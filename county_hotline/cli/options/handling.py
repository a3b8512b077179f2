"""Options of the commands for what is done to one order."""

from __future__ import annotations

from typing import Final

from county_hotline.cli.options.words import NUMBER, OFFICER, Argument, Command, Flag, Option

COMMANDS: Final = (
    Command(
        "dispatch",
        "handling",
        "dispatch",
        (
            NUMBER,
            Option("to", metavar="UNIT", required=True),
            Option("as_role", choices=("lead", "helper", "fallback"), default="lead"),
            Option("due", metavar="2026-11-28"),
            Option("advice", metavar="TEXT", default=""),
            Option("reason", metavar="TEXT", default=""),
            Option("basis", metavar="TEXT", default=""),
            OFFICER,
        ),
    ),
    Command("sign-for", "handling", "sign_for", (NUMBER, OFFICER)),
    Command(
        "reply",
        "handling",
        "reply",
        (
            NUMBER,
            Option("text", metavar="TEXT", required=True),
            Option("public", metavar="TEXT", default=""),
            Option("solved", choices=("yes", "no")),
            OFFICER,
        ),
    ),
    Command(
        "finish",
        "handling",
        "finish",
        (
            NUMBER,
            Option("outcome", choices=("solved", "explained", "unsolved"), default="solved"),
            Option("opinion", metavar="TEXT", default=""),
            OFFICER,
        ),
    ),
    Command("acts", "acting", "acts_of", (NUMBER, Flag("all"), OFFICER)),
    Command("act", "acting", "act", (NUMBER, Argument("act"), Option("set", metavar="FIELD=VALUE", many=True), OFFICER)),
    Command("clashes", "clashes", "clashes_of", (Option("officer", metavar="BADGE"),)),
    Command("clash", "clashes", "clash", (NUMBER, OFFICER)),
    Command(
        "settle",
        "clashes",
        "settle",
        (
            NUMBER,
            Flag("ours", one_of=True),
            Flag("theirs", one_of=True),
            Option("field", metavar="FIELD=ours|theirs|VALUE", many=True),
            Flag("centre"),
            Option("reason", metavar="TEXT"),
            OFFICER,
        ),
    ),
    Command(
        "correct",
        "handling",
        "correct",
        (
            NUMBER,
            Option("reason", metavar="TEXT", required=True),
            Option("set", metavar="FIELD=VALUE", required=True, many=True),
            OFFICER,
        ),
    ),
    Command("note", "handling", "note", (NUMBER, Option("text", metavar="TEXT", required=True), OFFICER)),
    Command(
        "attach",
        "files",
        "attach",
        (
            NUMBER,
            Argument("file"),
            Option("personal", choices=("yes", "no")),
            Flag("keep_place"),
            Option("way", choices=("line", "good", "parcel")),
            OFFICER,
        ),
    ),
    Command(
        "files",
        "files",
        "files",
        (NUMBER, Argument("which", optional=True), Flag("fetch"), Option("way", choices=("line", "good", "parcel")), OFFICER),
    ),
    Command(
        "file-save",
        "files",
        "file_save",
        (NUMBER, Argument("which"), Argument("target"), Option("reason", metavar="TEXT"), OFFICER),
    ),
    Command("print", "handling", "print_slip", (NUMBER, Option("paper", choices=("a5", "80mm")), OFFICER)),
)
