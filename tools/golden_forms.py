"""Draw the approved pictures of the forms anew, after a person has looked at the new ones: python -m tools.golden_forms."""

from __future__ import annotations

import tempfile
from pathlib import Path

from county_hotline.forms.fonts import shipped_fonts
from county_hotline.forms.handover_sheet import draw_handover
from tests.forms import handovers, slips


def main() -> None:
    """One picture for each form and each kind of slip, and for each hand-over sheet."""
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


if __name__ == "__main__":
    main()
