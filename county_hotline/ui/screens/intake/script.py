"""What to say aloud when a call is handed over, with what is known by now; what is not known is said as something to ask."""

from __future__ import annotations

from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import EmergencyLine
from county_hotline.ui.screens.intake.taking_work import Scripts
from county_hotline.wording import say

LONGEST = 60
"""Characters of a content that stands for a title that is not written yet."""


def scripts(form: IntakeForm, line: EmergencyLine, *, place: str, unit: str, badge: str) -> Scripts:
    """To the caller, to the other centre, and what to do where it is not clear whose it is (国办发〔2022〕12号: both centres agree, the
    first receiver accepts first)."""
    where = " ".join(part for part in (place, form.place_detail.strip()) if part)
    what = form.title.strip() or form.content.strip()[:LONGEST]
    caller = " ".join(part for part in (form.name.strip(), form.phone.strip()) if part)
    return Scripts(
        say("intake.emergency.to_caller", line=line.value, name=say(f"intake.emergency.line.{line.value}")),
        say(
            "intake.emergency.to_centre",
            unit=unit,
            badge=badge,
            where=where or say("intake.emergency.ask_where"),
            what=what or say("intake.emergency.ask_what"),
            caller=caller or say("intake.emergency.ask_caller"),
        ),
        say("intake.emergency.unclear"),
    )
