"""Invented pages of real places, with other places in the way: what county sites print, in a dozen shapes."""

import functools
import random
from collections import Counter

from pipeline import lexicon

# names that are words, names borne by several places, names that were renamed, all kinds of suffix
SPECIAL = (
    "和县", "城固县", "安定区", "永和县", "兴宁市", "新市区", "开平区", "平原县", "通道侗族自治县", "连南瑶族自治县", "城区", "郊区",
    "和平县", "和平区", "鼓楼区", "朝阳区", "城关区", "桥西区", "清苑区", "神农架林区", "六枝特区", "鄂伦春自治旗", "土默特左旗", "资源县",
    "共和县", "成县", "代县", "富县", "乾县", "合作市", "镇远县", "长安区", "西湖区", "海城区", "大同区", "新华区", "民权县", "勐海县",
    "积石山保安族东乡族撒拉族自治县", "科尔沁左翼后旗", "仙桃市", "济源市", "义乌市", "宾阳县", "旬邑县", "南山区", "宝山区", "青山区", "市中区",
)  # fmt: skip
OTHERS = (
    "浙江省安吉县",
    "江苏省张家港市",
    "广东省佛山市顺德区",
    "江苏昆山",
    "山东寿光",
    "福建晋江",
    "河北正定",
    "贵州省赤水市",
)
LIST = "| 常熟市| 宣城市| 遵义县| 陵水县| 盘锦市| 灌南县| 衡山县| 白沙县|"


def rows(n, seed):
    """Return n rows of the gazetteer: those with special names first, then random counties."""
    chance = random.Random(seed)
    table = [r for r in lexicon.table("regions.csv") if r["county"]]
    cities = [r for r in lexicon.table("regions.csv") if r["city"] and not r["county"]]
    special = [
        chance.choice(found) for name in SPECIAL if (found := [r for r in table if r["county"] == name])
    ]
    special += [r for r in cities if r["city"] in ("东莞市", "中山市", "嘉峪关市")]
    return special + chance.sample(table, max(0, n - len(special)))


@functools.cache
def _unique():
    names = Counter(
        r["county"] or r["city"] for f in ("regions.csv", "regions_renamed.csv") for r in lexicon.table(f)
    )
    return {name for name, n in names.items() if n == 1 and len(name) > 2}


def is_unique(name):
    """Say whether one place alone bears or bore a name."""
    return name in _unique()


def _short(name):
    from pipeline.structure.gazetteer import short_forms

    return next(iter(short_forms(name)), name)


def pages(row, chance):
    """Yield (shape, title, issuer, outlet, text) of documents that belong to a place; each names it in full somewhere."""
    name = row["county"] or row["city"]
    level = name[-1] if name[-1] in "县市区旗" else "区"
    city = row["city"] if row["county"] else ""
    full = row["province"] + city + name
    near = (city or row["province"]) + name
    other, another = chance.sample(OTHERS, 2)
    year = chance.randint(2016, 2024)
    visits = f"会前，与会人员赴{other}考察学习，借鉴{another}经验做法，推进东西部协作和对口帮扶。"
    plan = f"为推进我{level}教育高质量发展，结合我{level}实际，制定本方案。到{year + 2}年，全{level}学前教育毛入园率达到92%以上。"
    sign = f"{near}教育局\n{year}年3月30日"
    yield (
        "notice of a bureau", f"{near}教育局关于做好{year}年招生工作的通知", f"{near}教育局", None,
        f"{near}教育局关于做好{year}年招生工作的通知\n各学校：\n{plan}\n{visits}\n{sign}",
    )  # fmt: skip
    yield (
        "only the signature names it", f"关于印发《{year}年教育工作要点》的通知", f"{near}教育局", None,
        f"关于印发《{year}年教育工作要点》的通知\n各学校：\n{plan}\n{visits}\n{sign}",
    )  # fmt: skip
    yield (
        "news with its city", f"{name}：聚焦“四个强化”推动义务教育优质均衡发展", None, f"{row['province']}教育厅网站",
        f"{name}：聚焦“四个强化”推动义务教育优质均衡发展\n近年来，{near}坚持教育优先发展。{visits}{name}先后投入资金2亿元。",
    )  # fmt: skip
    yield (
        "work report", "政府工作报告", f"{name}人民政府", None,
        f"政府工作报告\n——{year}年1月8日在{near}第十七届人民代表大会第三次会议上\n{name}人民政府{level}长 王某\n各位代表：\n"
        f"现在，我代表{level}人民政府向大会报告工作。\n一、{year - 1}年工作回顾\n过去一年，全{level}上下奋力拼搏。{visits}{plan}",
    )  # fmt: skip
    yield (
        "school", f"{near}第一中学{year}年招生简章", None, None,
        f"{near}第一中学{year}年招生简章\n{near}第一中学面向全{level}招生，师资来自{other}等地，现有教师120人。",
    )  # fmt: skip
    yield (
        "township", f"大桥镇人民政府关于印发{year}年工作要点的通知", "大桥镇人民政府", None,
        f"大桥镇人民政府关于印发{year}年工作要点的通知\n各村（社区）：\n根据{near}人民政府工作部署，结合我镇实际，制定本要点。"
        f"全镇要学习{other}“千万工程”经验。\n{near}大桥镇人民政府\n{year}年3月30日",
    )  # fmt: skip
    yield (
        "spam in the text", f"{near}人民政府办公室关于印发工作方案的通知", f"{near}人民政府办公室", None,
        f"{near}人民政府办公室关于印发工作方案的通知\n各单位：\n{plan}\n{LIST}\n{near}人民政府办公室\n{year}年5月6日",
    )  # fmt: skip
    yield (
        "site of the place", f"我{level}召开教育工作推进会", None, f"{full}人民政府网",
        f"我{level}召开教育工作推进会\n日前，我{level}召开教育工作推进会，全{level}各学校校长参加会议。{visits}",
    )  # fmt: skip
    yield (
        "joint issuers", f"关于做好{year}年义务教育招生工作的通知", f"{near}教育局、{near}公安局", None,
        f"关于做好{year}年义务教育招生工作的通知\n各学校：\n{plan}\n{near}教育局 {near}公安局\n{year}年6月1日",
    )  # fmt: skip
    yield (
        "much about another", f"{near}教育局赴外地考察学习", None, f"{near}教育局",
        f"{near}教育局赴外地考察学习\n近日，{near}教育局组织校长赴浙江省安吉县考察。安吉县的做法是集团化办学。安吉县投入资金2亿元，"
        f"安吉县教育局介绍了经验。考察组还到安吉县实验小学听课。通过考察，全{level}校长开阔了眼界。",
    )  # fmt: skip
    yield (
        "text alone", None, None, None,
        f"为推进教育发展，{near}新建学校5所。{name}坚持把教育摆在优先位置，全{level}教师3200人。{visits}到2025年，{name}毛入园率达到92%。",
    )  # fmt: skip
    if is_unique(name):
        yield (
            "without its city", f"{name}人民政府关于印发{name}教育发展规划的通知", f"{name}人民政府", None,
            f"{name}人民政府关于印发{name}教育发展规划的通知\n各乡镇人民政府：\n{plan}\n{visits}\n{name}人民政府\n{year}年3月30日",
        )  # fmt: skip
        yield (
            "printed by an office", "关于做好校园安全工作的通知", None, None,
            f"关于做好校园安全工作的通知\n各学校：\n{plan}\n{visits}\n{name}教育局办公室 {year}年3月30日印发",
        )  # fmt: skip
    if len(_short(name)) >= 2 and len(name) > 2:
        yield (
            "short name in the title", f"{_short(name)}教育改革“三步走”", None, None,
            f"{_short(name)}教育改革“三步走”\n近日，记者从{near}教育局获悉，{_short(name)}持续深化改革。{visits}",
        )  # fmt: skip


def city_pages(row, districts, chance):
    """Yield documents of a city that name its districts: they belong to the city."""
    city, (one, two) = row["city"], chance.sample(districts, 2)
    yield (
        "city", f"{city}人民政府关于推进教育发展的意见", f"{city}人民政府", None,
        f"{city}人民政府关于推进教育发展的意见\n各县（市、区）人民政府：\n支持{one}、{two}先行先试，{one}新建学校12所。结合我市实际，提出意见。\n{city}人民政府\n2023年3月30日",
    )  # fmt: skip
    yield (
        "city news", f"{city}教育局：全面统筹教育配比", None, None,
        f"{city}教育局：全面统筹教育配比\n近年来，{city}在{one}、{two}新建学校，全市毛入园率达到92%。{one}率先完成。",
    )  # fmt: skip


def pages_of_nobody(row):
    """Yield documents that name a county and belong to none."""
    name, near = row["county"], row["city"] + row["county"]
    yield (
        "ministry", f"教育部关于同意{near}开展试点的批复", "教育部", None,
        f"教育部关于同意{near}开展试点的批复\n{row['province']}教育厅：\n同意{near}开展试点。{near}要认真实施。\n教育部\n2023年3月30日",
    )  # fmt: skip
    yield (
        "only visited", "我县组织校长外出考察", None, None,
        f"我县组织校长外出考察\n近日，我县组织校长赴{near}考察学习，借鉴{name}经验，并与{near}结对帮扶。全县校长参加。",
    )  # fmt: skip
    yield (
        "spam alone", "关于印发工作方案的通知", None, None,
        f"关于印发工作方案的通知\n各学校：\n为推进我县教育发展，制定本方案。\n{LIST} {name}|\n请认真执行。",
    )  # fmt: skip
