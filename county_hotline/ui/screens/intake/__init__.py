"""登记: taking a request, from the greeting to the slip."""

from __future__ import annotations

import tkinter as tk

from county_hotline.settings import PRINT_ON_ACCEPT
from county_hotline.ui.screens.intake.presenter import IntakePresenter
from county_hotline.ui.screens.intake.taking_work import DeskTaking
from county_hotline.ui.screens.intake.view import IntakeView
from county_hotline.ui.screens.intake.work import DeskIntake
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import TkLater


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page with an empty form."""
    services = shell.services
    view = IntakeView(parent, shell, DeskTaking(services.desk))
    view.presenter = IntakePresenter(
        view,
        DeskIntake(services.desk),
        view.runner,
        clock=services.clock,
        later=TkLater(view.frame),
        prints=lambda: services.settings.value(PRINT_ON_ACCEPT),
    )
    view.presenter.open()
    return view
