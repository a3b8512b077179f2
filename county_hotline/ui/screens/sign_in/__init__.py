"""登录: the first page, painted before anything slow starts."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.sign_in.presenter import SignInPresenter
from county_hotline.ui.screens.sign_in.view import SignInView
from county_hotline.ui.screens.sign_in.work import DeskSignIn
from county_hotline.ui.shell import Shell, SignInPage
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> SignInPage:
    """The page, still empty: what the desk knows comes after the first paint."""
    services = shell.services
    view = SignInView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = SignInPresenter(view, DeskSignIn(services), runner, clock=services.clock, signed_in=shell.signed_in)
    view.on_close(services.bulletin.subscribe(view.news))
    return view
