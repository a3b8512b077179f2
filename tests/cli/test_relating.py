"""关联 and 归入同一事项 by a line each, as by any act."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Hotline


def test_two_orders_are_linked_and_put_to_one_matter(hotline: Hotline, hall: Path, request_file: Path) -> None:
    taken = [hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip") for _ in range(2)]
    first, second = (str(each["number"]) for each in taken)

    said = hotline("act", second, "关联", "--home", hall, "--set", f"和哪一件={first[-5:]}", "--set", "原因=同一根灯杆")
    assert said.out.startswith(f"{second} 已关联，现在是待派单\n")
    told = hotline("show", first, "--home", hall).out
    assert "  关联  " in told
    for number in (first, second):
        assert (
            hotline.json("act", number, "归入同一事项", "--home", hall, "--set", "事项名称=村口路灯")["stage"] == "to_dispatch"
        )

    offered = {each["act"]: each for each in hotline.json("acts", first, "--home", hall, "--all")["acts"]}  # type: ignore[attr-defined]
    assert offered["unlink"]["why"] == offered["uncluster"]["why"] == ""
    assert hotline("act", first, "取消关联", "--home", hall).code == 0
    refused = hotline("act", first, "取消关联", "--home", hall)
    assert (refused.code, "没有" in refused.err) == (1, True)
