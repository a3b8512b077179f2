"""知识库: what may be answered at once, found while one types."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.bringing_in import BringingIn
from county_hotline.ui.long_work import LongWork
from county_hotline.ui.screens.knowledge.beside import BesidePresenter
from county_hotline.ui.screens.knowledge.presenter import KnowledgePresenter
from county_hotline.ui.screens.knowledge.view import ImportScreen, KnowledgeView
from county_hotline.ui.screens.knowledge.work import DeskKnowledge
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services

    def make(view: KnowledgeView) -> tuple[KnowledgePresenter, BesidePresenter, BringingIn]:
        runner, work = WhileOpen(services.desk_lane, view.is_open), DeskKnowledge(services.desk)
        presenter = KnowledgePresenter(view, work, runner, clock=services.clock, bulletin=services.bulletin)
        long_work = LongWork(view, runner, services.answers.put)
        bringing_in = BringingIn(ImportScreen(view), work, long_work, presenter.look)
        return presenter, BesidePresenter(view, work, runner, clock=services.clock), bringing_in

    return KnowledgeView(parent, shell, make)
