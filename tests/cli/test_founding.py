"""init, account: what an IT officer does first."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import PASSWORD, Hotline


def test_a_new_station_says_who_it_is_and_its_passwords_once(hotline: Hotline, tmp_path: Path) -> None:
    said = hotline("init", "--home", tmp_path / "new", "--station", "04", "--password", PASSWORD)

    assert said.code == 0
    assert "370323-04" in said.out
    assert "悦庄镇便民服务中心" in said.out
    assert "示例" in said.out
    assert said.out.count(PASSWORD) == 5
    assert PASSWORD not in (tmp_path / "new" / "identity.toml").read_text("utf-8")


def test_without_a_password_every_account_gets_its_own(hotline: Hotline, tmp_path: Path) -> None:
    facts = hotline.json("init", "--home", tmp_path / "new", "--role", "agency")

    passwords = {account["password"] for account in facts["accounts"]}  # type: ignore[attr-defined]
    assert len(passwords) == 3
    assert all(len(password) >= 8 for password in passwords)


def test_a_home_is_founded_once(hotline: Hotline, hall: Path) -> None:
    said = hotline("init", "--home", hall)

    assert said.code == 1
    assert "已经建过了" in said.err
    assert hotline("list", "--home", hall).code == 0


def test_a_station_needs_a_unit_that_the_county_has(hotline: Hotline, tmp_path: Path) -> None:
    said = hotline("init", "--home", tmp_path / "new", "--station", "44", "--unit", "火星局")

    assert said.code == 1
    assert "火星局" in said.err


def test_a_unit_may_be_called_by_its_short_name(hotline: Hotline, tmp_path: Path) -> None:
    facts = hotline.json("init", "--home", tmp_path / "new", "--station", "44", "--unit", "鲁村镇", "--password", PASSWORD)

    assert facts["station"]["unit"] == "370323102"  # type: ignore[index]


def test_an_account_gets_a_new_password(hotline: Hotline, hall: Path) -> None:
    facts = hotline.json("account", "--home", hall, "--badge", "0301", "--password", "xinmima99")

    assert facts["account"]["name"] == "受理员甲"  # type: ignore[index]
    assert "受理员甲" in hotline("account", "--home", hall).out


def test_a_weak_password_is_refused(hotline: Hotline, hall: Path) -> None:
    said = hotline("account", "--home", hall, "--badge", "0301", "--password", "12345678", "--json")

    assert said.code == 1
    assert said.facts["code"] == "R206"


def test_a_new_account_needs_name_and_roles(hotline: Hotline, hall: Path) -> None:
    assert hotline("account", "--home", hall, "--badge", "0309").code == 2

    said = hotline("account", "--home", hall, "--badge", "0309", "--name", "受理员丙", "--roles", "受理员,leader")

    assert said.code == 0
    assert "受理员丙 受理员、负责人" in hotline("account", "--home", hall).out
