"""How binding a measure is, after the four kinds of norm that Chinese legislative technique tells apart.

禁止性 prohibition (不得), 授权性 permission (可以), 义务性 obligation (应当), 倡导性 encouragement (鼓励); a plain report
or plan of action has none. Institutional grammar knows the first three as must not, may and must.
"""

from __future__ import annotations

from pipeline.extract.measures.verbs import NOTHING, Lexicon, is_counted_duty

WAYS_BY = frozenset(["根据", "按照", "按", "结合", "针对", "围绕"])
TOWARD = frozenset(
    ["对", "对于", "向"]
)  # an attribute up to its 的 binds nobody: 对〔必须整改的〕问题建立台账
PROHIBITING = frozenset({"prohibition", "forbidding"})


def modality_of(texts: list[str], verb: str, words: Lexicon) -> str | None:
    """Return the modality that a clause's verb and the words in front of it give, None when none of them binds.

    各学校不得组织有偿补课 is a prohibition, 各乡镇要落实责任 an obligation, 学校可聘请教练 a permission, 鼓励社会办学 an
    encouragement; 加强管理 has none. What stands behind the verb belongs to its object.
    """
    if not PROHIBITING.isdisjoint(words.known.get(verb, NOTHING).classes):
        return "prohibition"  # jieba keeps 严禁吸烟 in one piece
    if words.modal.isdisjoint(texts):
        return None
    found: str | None = None
    behind = texts.index("的") if texts[0] in TOWARD and "的" in texts else 0
    for word in texts[behind:]:
        classes = words.known.get(word, NOTHING).classes
        if not PROHIBITING.isdisjoint(classes):
            return "prohibition"
        if word == "需要" and not WAYS_BY.isdisjoint(texts):
            continue  # 根据工作需要: a noun
        if "obliging" in classes or ("lead" in classes and is_counted_duty(word)):
            found = "obligation"  # 应当, 一要
        elif "permitting" in classes:
            found = "permission"
        if verb.startswith(word):
            return "encouragement" if "encouraging" in classes and word != "引导" else found
    return found
