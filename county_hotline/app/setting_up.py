"""The window of 首次设置, before there is a station to open: one lane for what takes a while, gone before the station's window comes."""

from __future__ import annotations

from county_hotline import paths
from county_hotline import settings as chosen
from county_hotline.app.slip_printer import make_slip
from county_hotline.background import Answers, Lane
from county_hotline.clock import Clock
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.wording import say


def guide(home: Home, clock: Clock) -> bool:
    """Lead a new home to its first sign-in; False where the window was closed before the end (it goes on there next time).

    Refuses (R218) where there is no screen; raises StoreFault where the folder cannot be written.
    """
    import tkinter as tk

    from county_hotline.ui import fonts, theme, tk_mends
    from county_hotline.ui.setting_up.presenter import SetUpPresenter
    from county_hotline.ui.setting_up.view import SetUpView
    from county_hotline.ui.setting_up.work import DeskSetUp
    from county_hotline.ui.theme import Size
    from county_hotline.ui.tk_runner import Drain

    home.ensure()
    paths.hold(home).release()
    settings, answers = Settings(home.settings), Answers()
    fonts.make_known(home.path / "screen")
    high = settings.value(chosen.UI_CONTRAST) == "high"
    try:
        root = theme.new_root(say("program.title"), Size(settings.value(chosen.UI_SIZE)), high_contrast=high)
    except tk.TclError as exc:
        raise Refusal("R218") from exc
    tk_mends.install(root)
    theme.style_rest(root)
    view = SetUpView(root)
    tk_mends.tell_errors(root, lambda _fault: view.wrong("", say("error.E000", code="E000")))
    lane = Lane("setup", answers)
    drain = Drain(root, answers)
    work = DeskSetUp(home, clock, make_slip)
    view.presenter = SetUpPresenter(view, work, lane, settings)
    root.geometry(f"{root.winfo_screenwidth()}x{root.winfo_screenheight()}+0+0")
    root.protocol("WM_DELETE_WINDOW", root.quit)
    root.deiconify()
    try:
        work.keep(work.begun())
        view.presenter.begin()
        root.mainloop()
    finally:
        drain.stop()
        lane.stop()
        root.destroy()
    return view.has_finished
