"""peewee's view of the folded tables, for the queries that filters put together. The journal itself is written in plain SQL."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, Model, TextField


class WorkOrderRow(Model):
    """work_orders: one row an order."""

    row = IntegerField(primary_key=True)
    number = TextField(unique=True)
    own = IntegerField()
    unsent = IntegerField()
    stage = IntegerField()
    open = IntegerField()
    title = TextField()
    caller = TextField()
    phone_shown = TextField()
    phone = TextField()
    matter_kind = TextField()
    channel = TextField()
    urgency = TextField()
    category = TextField()
    place = TextField()
    event = TextField()
    campaign = TextField()
    agency = TextField()
    is_hint = IntegerField()
    due_on = TextField()
    due_at = IntegerField()
    due_provisional = IntegerField()
    accepted_at = IntegerField()
    finished_at = IntegerField(null=True)
    confidential = IntegerField()
    query_code = TextField()
    external_number = TextField()
    watched = IntegerField()
    hands = TextField()
    clashes = IntegerField()
    entries = IntegerField()
    touched_at = IntegerField()
    search_key = IntegerField()

    class Meta:
        table_name = "work_orders"


class AssignmentRow(Model):
    """assignments: one row a round of dispatch."""

    row = IntegerField()
    place = IntegerField()
    agency = TextField()
    role = TextField()
    state = IntegerField()
    due_on = TextField()

    class Meta:
        table_name = "assignments"
        primary_key = CompositeKey("row", "place")
