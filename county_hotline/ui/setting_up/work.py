"""What 首次设置 asks of the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from county_hotline.clock import Clock
from county_hotline.desk.setting_up import Begun, EnrolmentSlip, SetUp
from county_hotline.desk.slips import SlipMaker
from county_hotline.paths import Home


class SetUpWork(Protocol):
    """Everything but `begun` on a lane of its own."""

    def begun(self) -> Begun:
        """What was answered before."""
        ...

    def keep(self, answers: Begun) -> None:
        """For when it is left."""
        ...

    def standing(self) -> SetUp:
        """What is here already."""
        ...

    def found(self, answers: Begun) -> None:
        """The station, from sample data or a folder."""
        ...

    def join(self, answers: Begun, code: str) -> None:
        """The station, by a code."""
        ...

    def read_slip(self, file: Path) -> EnrolmentSlip:
        """The enrolment slip in a file. Refuses R630."""
        ...

    def make_accounts(self, answers: Begun, password: str) -> None:
        """Accounts for the posts. Refuses R206."""
        ...

    def trial_slip(self, paper: str, width: int) -> tuple[Path, bytes]:
        """A slip to try, as a file and as a picture (PNG) so wide."""
        ...

    def done(self) -> None:
        """The sign-in comes next."""
        ...


class DeskSetUp:
    """`SetUpWork` over the real desk."""

    def __init__(self, home: Home, clock: Clock, maker: SlipMaker) -> None:
        self._home, self._clock, self._maker = home, clock, maker

    def begun(self) -> Begun:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        return setting_up.begun(self._home)

    def keep(self, answers: Begun) -> None:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        setting_up.keep(self._home, answers)

    def standing(self) -> SetUp:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        return setting_up.standing(self._home, self._clock)

    def found(self, answers: Begun) -> None:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        setting_up.found(self._home, self._clock, answers)

    def join(self, answers: Begun, code: str) -> None:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        setting_up.join(self._home, self._clock, answers, code)

    def read_slip(self, file: Path) -> EnrolmentSlip:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        return setting_up.read_slip(file)

    def make_accounts(self, answers: Begun, password: str) -> None:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        setting_up.make_accounts(self._home, self._clock, password, answers.county)

    def trial_slip(self, paper: str, width: int) -> tuple[Path, bytes]:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up
        from county_hotline.forms import raster

        path = setting_up.trial_slip(self._home, self._clock, self._maker, paper=paper)
        return path, raster.picture(path.read_bytes(), width=width).png

    def done(self) -> None:
        """See `SetUpWork`."""
        from county_hotline.desk import setting_up

        setting_up.done(self._home)
