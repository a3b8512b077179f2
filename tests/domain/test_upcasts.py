"""Words on disk: every fact comes back as it was, and no bytes whatever make reading raise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.facts import KINDS, Accepted, Fact, NoteAdded, Person, Unknown, Withheld
from county_hotline.domain.upcasts import read_fact, read_person, words_of
from tests.domain.any_story import facts, people
from tests.support.source import ROOT

kinds = st.sampled_from(sorted(KINDS)) | st.text(max_size=20)
versions = st.integers(-3, 9)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(fact=facts.filter(lambda fact: fact.kind in KINDS))
def test_a_fact_comes_back_as_it_was(fact: Fact) -> None:
    assert read_fact(fact.kind, fact.version, words_of(fact)) == fact


@given(person=people)
def test_a_person_comes_back_as_it_was(person: Person) -> None:
    assert read_person(words_of(person)) == person


@given(kind=kinds, version=versions, words=st.none() | st.binary(max_size=60))
def test_no_bytes_make_reading_raise(kind: str, version: int, words: bytes | None) -> None:
    assert isinstance(read_fact(kind, version, words), Fact)
    assert isinstance(read_person(words), Person | None)


@given(kind=kinds, version=versions, value=json_values)
def test_no_json_makes_reading_raise(kind: str, version: int, value: object) -> None:
    words = json.dumps(value).encode()

    assert isinstance(read_fact(kind, version, words), Fact)
    assert isinstance(read_person(words), Person | None)


@given(fact=facts.filter(lambda fact: fact.kind in KINDS), data=st.data())
def test_torn_words_are_unknown_or_a_fact_but_never_a_fault(fact: Fact, data: st.DataObject) -> None:
    words = words_of(fact)
    cut = data.draw(st.integers(0, len(words) - 1))

    assert read_fact(fact.kind, fact.version, words[:cut]) == Unknown(kind_on_disk=fact.kind, version_on_disk=fact.version)


def test_erased_words_are_withheld() -> None:
    assert read_fact("work_order.accepted", 1, None) == Withheld(kind_on_disk="work_order.accepted")


def test_a_newer_version_is_kept_unread() -> None:
    assert read_fact("work_order.note_added", 2, words_of(NoteAdded(text="x"))) == Unknown(
        kind_on_disk="work_order.note_added", version_on_disk=2
    )


def test_a_field_of_a_newer_release_does_not_keep_an_old_fact_from_being_read() -> None:
    assert read_fact("work_order.note_added", 1, b'{"text":"x","tone":"kind"}') == NoteAdded(text="x")


FIRST_WORDS: dict[str, str] = json.loads((ROOT / "tests" / "golden" / "first_words.json").read_text(encoding="utf-8"))
"""Words of each kind as they lie in files out there since its first release; `whole`: with every field it has now."""


def test_every_kind_has_its_first_words_kept() -> None:
    assert {name.split()[0] for name in FIRST_WORDS} == set(KINDS)


@pytest.mark.parametrize("name", sorted(FIRST_WORDS))
def test_names_on_disk_are_for_ever(name: str) -> None:
    kind, first = name.split(maxsplit=1)[0], FIRST_WORDS[name].encode()

    fact = read_fact(kind, 1, first)

    assert type(fact) is KINDS[kind]
    assert words_of(fact) == first


def test_an_acceptance_without_a_field_it_needs_is_unknown() -> None:
    assert isinstance(read_fact(Accepted.kind, 1, b'{"queryCode":"7K2M9QXA"}'), Unknown)
