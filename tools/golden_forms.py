"""Draw the approved pictures of the forms anew, after a person has looked at the new ones: python -m tools.golden_forms."""

from __future__ import annotations

import tempfile
from pathlib import Path

from county_hotline.forms.fonts import shipped_fonts
from county_hotline.forms.handover_sheet import draw_handover
from county_hotline.forms.shift_sheet import draw_shift
from tests.forms import handovers, shifts, slips, test_charts
from tests.support.ticking_clock import MORNING


def main() -> None:
    """One picture for each form and each kind of slip, each hand-over sheet, each 交接班单 and each chart."""
    slips.GOLDEN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for form in slips.FORMS:
            for kind, content in slips.SLIPS.items():
                path = slips.draw(form, content, Path(folder) / "slip.pdf", shipped_fonts()).path
                golden = slips.GOLDEN / f"slip_{form}_{kind}.png"
                slips.picture(path).quantize(16).save(golden, optimize=True)
                print(golden.name)
        for kind, handover in handovers.HANDOVERS.items():
            path = Path(folder) / "sheet.pdf"
            draw_handover(handover, path, fonts=shipped_fonts())
            golden = slips.GOLDEN / f"handover_{kind}.png"
            slips.picture(path).quantize(16).save(golden, optimize=True)
            print(golden.name)
        for kind, shift in shifts.SHIFTS.items():
            path = Path(folder) / "shift.pdf"
            draw_shift(shift, path, printed_at=MORNING, fonts=shipped_fonts())
            golden = slips.GOLDEN / f"shift_{kind}.png"
            slips.picture(path).quantize(16).save(golden, optimize=True)
            print(golden.name)
    for kind in test_charts.KINDS:
        golden = slips.GOLDEN / f"chart_{kind}.png"
        test_charts.picture(kind, shipped_fonts()).quantize(16).save(golden, optimize=True)
        print(golden.name)


if __name__ == "__main__":
    main()
