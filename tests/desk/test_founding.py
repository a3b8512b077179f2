"""建站: cards, accounts, the county's data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from county_hotline.db.store import Store
from county_hotline.desk import founding, home_kind, naming
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal


def test_the_county_itself_is_a_place(store: Store) -> None:
    assert store.reference.place("370323").path == "沂源县"


def test_a_listed_station_is_what_the_list_says(store: Store) -> None:
    card = founding.card_for(store.reference.bundle(), NewStation(role=StationRole.CENTRE))

    assert (card.station, card.unit, card.desk) == ("370323-01", "370323C00", "01号台")


def test_what_is_said_goes_before_what_is_listed(store: Store) -> None:
    new = NewStation(station="03", unit="鲁村镇", unit_name="鲁村镇便民服务中心", phone="0533-3240000")

    card = founding.card_for(store.reference.bundle(), new)

    assert (card.unit, card.unit_name, card.phone) == ("370323102", "鲁村镇便民服务中心", "0533-3240000")


@pytest.mark.parametrize("code", ["3", "003", "０３", "*3", "三四"])
def test_a_station_code_is_two_plain_characters(store: Store, code: str) -> None:
    with pytest.raises(Refusal, match="R210"):
        founding.card_for(store.reference.bundle(), NewStation(station=code))


@pytest.mark.parametrize(
    ("role", "duty"),
    [
        (StationRole.HALL, OfficerRole.CLERK),
        (StationRole.CENTRE, OfficerRole.DISPATCHER),
        (StationRole.AGENCY, OfficerRole.HANDLER),
    ],
)
def test_a_station_has_the_posts_its_work_needs_first(store: Store, role: StationRole, duty: OfficerRole) -> None:
    card = founding.card_for(store.reference.bundle(), NewStation(role=role))

    posts = founding.posts(card)

    assert duty in posts[0].roles
    assert [post.badge for post in posts] == [f"{card.station[-2:]}{place:02d}" for place in range(1, len(posts) + 1)]


def test_passwords_are_never_the_same_and_never_weak() -> None:
    made = {founding.new_password() for _ in range(200)}

    assert len(made) == 200
    assert all(len(password) == 10 and not password.isdigit() for password in made)


def test_a_county_of_ones_own_is_loaded_from_its_folder(store: Store, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(founding.county_folder("sample"), tmp_path / "county"))
    text = (folder / "county.toml").read_text("utf-8")
    (folder / "county.toml").write_text(text.replace("沂源县12345", "我县12345"), encoding="utf-8")

    bundle = founding.load_county(store, str(folder))

    assert bundle.title.startswith("我县12345")
    assert bundle.version == 2


def test_a_county_that_cannot_be_read_leaves_the_old_one_in_force(store: Store, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(founding.county_folder("sample"), tmp_path / "county"))
    (folder / "places.json").write_text("[", encoding="utf-8")

    with pytest.raises(BadInput, match="I111"):
        founding.load_county(store, str(folder))

    assert store.reference.version() == 1


def test_a_stations_home_does_not_become_a_hub(store: Store) -> None:
    with pytest.raises(Refusal, match="R212"):
        founding.settle_hub(store)

    assert not home_kind.is_hub(store)


@pytest.mark.parametrize(
    ("text", "code"), [("370323109", "370323109"), ("燕崖镇", "370323109"), ("燕 崖 镇", "370323109"), ("沂源县", "370323")]
)
def test_a_place_is_known_by_code_and_name(store: Store, text: str, code: str) -> None:
    assert naming.place_named(store.reference.places(), text).code == code


def test_a_place_named_twice_is_asked_about(store: Store) -> None:
    places = store.reference.places()
    names = [place.name for place in places]
    twice = next(name for name in names if names.count(name) > 1)

    with pytest.raises(Refusal, match="R213") as refused:
        naming.place_named(places, twice)

    assert twice in str(refused.value.details["found"])


def test_a_unit_meant_by_two_is_asked_about(store: Store) -> None:
    with pytest.raises(Refusal, match="R211"):
        naming.agency_named(store.reference.agencies(), "局")
