"""Options of the commands for taking requests in, and finding them again."""

from __future__ import annotations

from typing import Final

from county_hotline.cli.options.words import NUMBER, OFFICER, Argument, Command, Flag, Option

COMMANDS: Final = (
    Command(
        "register",
        "taking",
        "register",
        (
            Option("from_json", metavar="FILE|-", required=True),
            Flag("no_slip"),
            Option("paper", choices=("a5", "80mm")),
            OFFICER,
        ),
    ),
    Command(
        "answer",
        "taking",
        "answer",
        (
            Option("from_json", metavar="FILE|-", required=True),
            Option("answer", metavar="TEXT", required=True),
            Option("article", metavar="CODE", default=""),
            Option("content", choices=("yes", "no")),
            OFFICER,
        ),
    ),
    Command(
        "tell-path",
        "taking",
        "tell_path",
        (
            Option("from_json", metavar="FILE|-", required=True),
            Option("path_code", metavar="03", required=True),
            Option("words", metavar="TEXT", default=""),
            Option("path", metavar="TEXT", default=""),
            Option("basis", metavar="TEXT", default=""),
            Option("handed_to", metavar="UNIT", default=""),
            Option("signed", choices=("yes", "no")),
            OFFICER,
        ),
    ),
    Command(
        "transfer",
        "taking",
        "transfer",
        (
            Option("line", choices=("110", "119", "120", "122"), required=True),
            Option("result", choices=("taken", "both", "not_theirs", "no_answer"), required=True),
            Option("from_json", metavar="FILE|-"),
            Option("handed_at", metavar="TIME"),
            Option("taker", metavar="TEXT", default=""),
            Flag("three_party"),
            Option("participants", metavar="TEXT", default=""),
            Option("words", metavar="TEXT", default=""),
            OFFICER,
        ),
    ),
    Command(
        "inbox",
        "inbox",
        "messages",
        (
            Option("add", metavar="FILE"),
            Option("text", metavar="TEXT"),
            Option("channel", metavar="CHANNEL"),
            Option("map", metavar="COLUMN=FIELD", many=True),
            Option("sheet", metavar="SHEET"),
            Option("encoding", metavar="utf-8|gb18030"),
            Option("register", metavar="N", type=int),
            Option("set", metavar="FIELD=VALUE", many=True),
            Option("drop", metavar="N", type=int),
            Option("reason", metavar="TEXT"),
            OFFICER,
        ),
    ),
    Command(
        "import",
        "bringing_in",
        "bring_in",
        (
            Argument("file"),
            Option("map", metavar="COLUMN=FIELD", many=True),
            Option("mapping", metavar="FILE.toml"),
            Option("sheet", metavar="SHEET"),
            Option("encoding", metavar="utf-8|gb18030"),
            Option("header_row", metavar="N", type=int, default=1),
            Option("place", metavar="PLACE"),
            Option("channel", metavar="CHANNEL"),
            Option("limit", metavar="N", type=int),
            Flag("dry_run"),
            Flag("yes"),
            OFFICER,
        ),
    ),
    Command("show", "looking", "show", (NUMBER, Option("reason", metavar="TEXT"), OFFICER)),
    Command(
        "list",
        "looking",
        "register",
        (
            Option("text", metavar="TEXT", default=""),
            Option("stage", metavar="STAGE", many=True),
            Option("since", metavar="2026-11-01"),
            Option("until", metavar="2026-11-30"),
            Option("category", metavar="CATEGORY"),
            Option("agency", metavar="UNIT"),
            Flag("waiting"),
            Flag("clashes"),
            Flag("overdue"),
            Option("sort", choices=("time", "due", "stage", "agency", "finished"), default="time"),
            Flag("reversed"),
            Option("limit", metavar="N", type=int, default=50),
            Option("after", metavar="KEY"),
        ),
    ),
)
