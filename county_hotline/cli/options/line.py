"""Options of the commands for the line, the stick, and what went wrong on the way."""

from __future__ import annotations

from typing import Final

from county_hotline.cli.options.words import OFFICER, Argument, Command, Flag, Option

COMMANDS: Final = (
    Command("sync", "line", "sync", (Flag("keep_ours", one_of=True), Flag("take_theirs", one_of=True), Flag("yes"), OFFICER)),
    Command("rounds", "line", "rounds", (Option("limit", metavar="N", type=int, default=20),)),
    Command("prove", "repairing", "prove"),
    Command("held", "repairing", "held"),
    Command(
        "repair",
        "repairing",
        "repair",
        (
            Argument("record"),
            Argument("mend", choices=("withdraw", "rewrite", "resend")),
            Option("why", metavar="TEXT", default=""),
            Option("set", metavar="FIELD=VALUE", many=True),
            OFFICER,
        ),
    ),
    Command(
        "parcel",
        "parcel",
        "parcel",
        (
            Argument("parcel_act", choices=("export", "import", "inspect", "list", "folders")),
            Argument("path_of_parcel", optional=True),
            Option("for", metavar="370323-03"),
            Option("answer_to", metavar="DIR"),
            Flag("as_folder"),
            Option("out_folder", metavar="DIR|-"),
            Option("in_folder", metavar="DIR|-"),
            OFFICER,
        ),
    ),
    Command("lost-above", "restoring", "lost_above"),
)
