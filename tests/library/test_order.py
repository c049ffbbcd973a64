"""In which order papers are listed: the own office first, then its region, the newest first, what is undated last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policylib.errors import AmbiguousPolicy
from policylib.library import Library
from policylib.library.order import Sort
from tests.yunze import PAPERS


def notice(organ: str, number: str, day: str = "", about: str = "见习") -> str:
    return f"{organ}关于{about}的通知\n{number}\n\n各有关单位：\n请遵照执行。\n\n{organ}\n{day}\n"


JOINT = notice("云泽市财政局 云泽市科学技术局", "云财教〔2020〕3号", "2020年5月6日")
OTHER, DISTRICT = (
    notice("岚州市科学技术局", "岚科字〔2024〕1号", "2024年1月8日"),
    notice("云泽市财政局", "云财字〔2023〕7号", "2023年2月1日"),
)
UNDATED = notice("云泽市科学技术局", "云科字〔2023〕9号")
SHELF = (*PAPERS.values(), JOINT, OTHER, DISTRICT, UNDATED)

OWN = ["云科字〔2022〕3号", "云财教〔2020〕3号", "云科字〔2019〕12号", "云科字〔2023〕9号"]
REGION = ["云财字〔2023〕7号", "云政办发〔2021〕5号"]
ELSEWHERE = ["岚科字〔2024〕1号"]


def numbers(library: Library, sort: Sort = "office") -> list[str]:
    return [str(work.number) for work in library.works(held=True, sort=sort) if work.number]


def settled(make: Callable[..., Library], setting: str) -> Library:
    """The shelf, opened again with this `policylib.toml`."""
    with make(*SHELF) as made:
        place: Path = made.path
    (place.parent / "policylib.toml").write_text(setting, encoding="utf-8")
    return Library.open(place)


def test_own_papers_stand_first(holding: Callable[..., Library]) -> None:
    with settled(holding, 'jurisdiction = "云岭省/云泽市"\nissuer = "云泽市科学技术局"\n') as library:
        assert numbers(library) == [*OWN, *REGION, *ELSEWHERE]
        some = library.works(issuer="云泽市", held=True)
        assert [str(work.number) for work in some if work.number] == [*OWN, *REGION]


def test_with_a_region_alone_its_papers_stand_first(holding: Callable[..., Library]) -> None:
    with settled(holding, 'jurisdiction = "云岭省/云泽市"\n') as library:
        assert numbers(library)[-2:] == [OWN[-1], *ELSEWHERE]
        assert numbers(library)[:2] == ["云财字〔2023〕7号", "云科字〔2022〕3号"]


def test_with_an_issuer_alone_the_region_is_his(holding: Callable[..., Library]) -> None:
    with settled(holding, 'issuer = "云泽市科学技术局"\n') as library:
        assert numbers(library) == [*OWN, *REGION, *ELSEWHERE]


def test_without_an_office_days_decide(holding: Callable[..., Library]) -> None:
    library = holding(*SHELF)
    assert numbers(library) == [
        "岚科字〔2024〕1号", "云财字〔2023〕7号", "云科字〔2022〕3号", "云政办发〔2021〕5号", "云财教〔2020〕3号",
        "云科字〔2019〕12号", "云科字〔2023〕9号",
    ]  # fmt: skip
    assert numbers(library) == numbers(library, "date")


def test_other_sorts(holding: Callable[..., Library]) -> None:
    with settled(holding, 'issuer = "云泽市科学技术局"\n') as library:
        assert numbers(library, "number") == sorted(numbers(library))
        assert numbers(library, "date")[0] == "岚科字〔2024〕1号"
        titles = [work.title for work in library.works(held=True, sort="title")]
        assert titles == sorted(title for title in titles if title)


def test_searches_fall_back_on_it(holding: Callable[..., Library]) -> None:
    with settled(holding, 'jurisdiction = "云岭省/云泽市"\nissuer = "云泽市科学技术局"\n') as library:
        found = [hit.number for hit in library.search("年份:2019.. 类别:政策文件").hits]
        assert found == [*OWN[1:], *REGION, *ELSEWHERE]


def test_policies_come_before_their_interpretations(holding: Callable[..., Library]) -> None:
    with settled(holding, 'issuer = "云泽市科学技术局"\n') as library:
        assert [hit.role for hit in library.search("政务公开办法").hits if hit.path] == ["policy", "interpretation"]
        with pytest.raises(AmbiguousPolicy) as asked:
            library.get("云泽市")
        named = asked.value.candidates
        assert list(named[:5]) == [*OWN[1:], *REGION]
        assert "解读" in named[5]
        assert OWN[0] in named[6:]


def test_who_asks_for_an_interpretation_has_it_first(holding: Callable[..., Library]) -> None:
    policy = notice("云泽市科学技术局", "云科字〔2024〕6号", "2024年5月6日", "做好政务公开办法解读")
    library = holding(*SHELF, policy)
    for query, roles in {"政务公开办法": ["policy", "policy", "interpretation"],
                         "政务公开办法 解读": ["interpretation", "policy"]}.items():  # fmt: skip
        assert [hit.role for hit in library.search(query).hits if hit.path] == roles


def test_searches_put_the_living_before_the_dead_and_then_keep_this_order(holding: Callable[..., Library]) -> None:
    """What is named so: own papers, the newest first; those repealed behind all that hold, and found all the same."""
    own, older = notice("云泽市科学技术局", "云科字〔2024〕6号", "2024年5月6日", "人才"), "云科字〔2023〕2号"
    papers = [
        notice("云泽市财政局", "云财字〔2024〕9号", "2024年9月9日", "人才"),
        own,
        notice("云泽市科学技术局", older, "2023年5月6日", "人才"),
        notice("云泽市科学技术局", "云科字〔2023〕1号", "2023年1月6日", "人才"),
    ]
    ending = notice("云泽市科学技术局", "云科字〔2024〕8号", "2024年8月1日", "废止两份文件").replace(
        "请遵照执行。", f"决定废止《云泽市科学技术局关于人才的通知》（{older}）。"
    )
    library = holding(*papers, ending)
    (library.path.parent / "policylib.toml").write_text('issuer = "云泽市科学技术局"\n', encoding="utf-8")
    library.close()
    with Library.open(library.path) as library:
        wanted = ["云科字〔2024〕6号", "云科字〔2023〕1号", "云财字〔2024〕9号", older]
        found = [hit.number for hit in library.search("人才 类别:政策文件").hits]
        assert found[:4] == wanted
        pages = [library.search("人才 类别:政策文件", limit=1, offset=place).hits[0].number for place in range(4)]
        assert pages == wanted
        marked = library.path.parent / "另存.txt"
        marked.write_text(f"【效力标注】本文件已废止。\n{own}人才人才人才", encoding="utf-8")
        library.add(marked)
        assert [hit.number for hit in library.search("人才 类别:政策文件").hits][:4] == wanted


def test_who_asks_for_answers_to_questions_has_them_first(holding: Callable[..., Library]) -> None:
    title = "云泽市科学技术局有关负责人就《科技奖励办法》答记者问"
    asked = f"{title}\n来源：市科技局\n\n问：为什么制定《科技奖励办法》？\n答：解读如下。\n"
    library = holding(*SHELF, asked)
    assert next(hit.role for hit in library.search("科技奖励办法 解读").hits) == "interpretation"
