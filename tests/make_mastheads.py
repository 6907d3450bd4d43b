"""Invented notices of real places: number, letterhead, title, signature and date in the many forms that offices print."""

import random

import make_places

_DIGITS = "〇一二三四五六七八九"
BUREAUS = (
    "教育局", "财政局", "人力资源和社会保障局", "教育体育局", "卫生健康局", "农业农村局", "发展和改革局", "人民政府", "人民政府办公室",
    "民政局", "残疾人联合会", "医疗保障局", "教育和科学技术局", "乡村振兴局", "总工会", "市场监督管理局",
)  # fmt: skip
SUBJECTS = (
    "关于印发《{name}教育提质三年行动计划（2023—2025年）》的通知", "关于做好2023年义务教育招生入学工作的通知",
    "关于加快推进学前教育普及普惠发展的实施意见", "关于命名示范学校的决定", "关于调整义务教育学区的公告",
    "关于转发《省教育厅关于规范办学行为的通知》的通知", "关于下达2023年教育专项资金预算指标的通知",
)  # fmt: skip
BODY = "为进一步推进全县教育高质量发展，根据上级要求，结合实际，现将有关事项通知如下，请认真贯彻执行。"


def _numeral(n):
    tens, ones = divmod(n, 10)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _printed_date(year, month, day, chance):
    cjk_year = "".join(_DIGITS[int(c)] for c in str(year))
    return chance.choice(
        [f"{year}年{month}月{day}日", f"{year} 年 {month} 月 {day} 日", f"{year}年{month:02}月{day:02}日",
         f"{cjk_year}年{_numeral(month)}月{_numeral(day)}日"]
    )  # fmt: skip


def mastheads(n, seed):
    """Yield n pages, each with the year, the code of its place and the facts that it states."""
    chance = random.Random(seed)
    for row in make_places.rows(n, seed):
        name = row["county"] or row["city"]
        near = (row["city"] or row["province"]) + name if row["county"] else name
        place = near if chance.random() < 0.5 or not make_places.is_unique(name) else name
        bodies = [place + bureau for bureau in chance.sample(BUREAUS, chance.choice([1, 1, 1, 2, 3]))]
        subject = chance.choice(SUBJECTS).format(name=name)
        year, month, day = chance.randint(2004, 2024), chance.randint(1, 12), chance.randint(1, 28)
        code, serial = (
            "青" + chance.choice(["教发", "政办发", "教基字", "教通", "教联"]),
            chance.randint(1, 200),
        )
        marks = chance.choice(["〔〕", "[]", "（）", "【】", "()"])
        number = (
            f"{code}{marks[0]}{year}{marks[1]}{chance.choice(['', ' '])}{serial}{chance.choice(['', ' '])}号"
        )
        together = chance.choice([" ", "　", "、"]).join(bodies)
        head, title = chance.choice(
            [
                ([together + subject, number], together.replace("　", " ") + subject),
                ([f"{together}{' ' * (len(bodies) > 1)}文件", number, subject], subject),
                ([f"发文机关：{bodies[0]}", f"发文字号：{number}", subject], subject),
                ([*bodies, subject, number], " ".join(bodies) + subject),
                ([f"{subject}（{number}）"], subject),
            ]
        )
        signature = ["　　".join(bodies)] if chance.random() < 0.5 else bodies
        tail = [
            chance.choice(["附件：1.任务分工表\n2.责任清单", ""]),
            *signature,
            _printed_date(year, month, day, chance),
        ]
        page = "\n".join([*head, "各乡镇人民政府，各学校：", BODY, *filter(None, tail), "（此件公开发布）"])
        facts = {
            "title": title,
            "issuer": "、".join(bodies),
            "doc_number": f"{code}〔{year}〕{serial}号",
            "written_date": f"{year}-{month:02}-{day:02}",
        }
        yield page, year, row["adcode"], facts
