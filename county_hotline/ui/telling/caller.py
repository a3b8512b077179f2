"""诉求人 as those see them who need not know more: masked, in one place for every page."""

from __future__ import annotations

from county_hotline.domain.facts import Person
from county_hotline.domain.privacy import mask_address, mask_name, mask_phone
from county_hotline.domain.work_order import WorkOrder
from county_hotline.wording import say, word


def parts(order: WorkOrder) -> list[str]:
    """`林**`, `138****4472`, `来访`: what may stand on any screen. Of a confidential caller only that they are one."""
    accepted, person = order.accepted, order.person
    if accepted is None:
        return [say("order.caller.not_here")]
    shown = [word(accepted.channel)]
    if accepted.confidential:
        return [say("order.caller.confidential"), *shown]
    if accepted.anonymous:
        return [say("order.caller.anonymous"), *shown]
    if person is None:
        return [say("order.caller.not_here"), *shown]
    return [part for part in (mask_name(person.name), mask_phone(person.phone)) if part] + shown


def masked_address(order: WorkOrder) -> str:
    """住址 down to the village."""
    if order.person is None or order.accepted is None or order.accepted.confidential or order.accepted.anonymous:
        return ""
    return mask_address(order.person.address)


def in_full(person: Person) -> list[str]:
    """Everything, after it was asked for with a reason."""
    return [part for part in (person.name, person.phone, person.address, person.id_number) if part]
