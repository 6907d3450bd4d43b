"""The basis a quantity is distributed over: 每周, 每人每月, 年均, 每所学校, 每2周."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

_NOUN = r"(?:[一-鿿]{0,4}?(?:项目村|网格|集团|社区卫生服务中心|卫生服务中心|卫生院|(?:零售|教学|监测|服务|加工|收购|助餐|采样|施工|示范|经营)点|学生|教师|学校|老师|家庭|乡镇|街道|社区|党员|干部|群众|农户|贫困户|企业|班级|班|村|镇|县|项目|校长|医生|村民|职工|居民|主体|对象|老人|儿童|孩子|名师|单位|园所|幼儿园|工作室|团队|车间|机构|合作社|客房|床位|车辆|房屋|托位|学位|大棚|门店|网点|岗位|课题|作品))"
# another place of the kind: 每个乡镇〔和街道办〕至少建成1个
_BESIDE = r"(?:[一-鿿]{0,3}?(?:街道办(?:事处)?|城区办|办事处|街道|社区|行政村|乡镇|镇|乡|村|园区|开发区|学校|幼儿园|县城?|区))(?=[^一-鿿]|至少|不|建|设|打造|培育|创建|配|安排|都|均|要|应|须|选|确定|明确|落实|每)"
_TIME = r"(?:旬|学期|学年|季度|个?月|年|周|星期|天|日|小时|季)"
_HAVING = r"(?:拥有(?!量|率)|配备|配置|设置|设立|建有|建设|建成|至少|不少于|不低于)"
_MEASURES = "轮|期|批|度|米|套|眼|份|棵|张|节|场|门|艘|批次|口|起|件|本|桌|盒|袋|箱|筐|捆|尾|羽|匹|斤|罐|瓶|单|幅|册|课时|学时|片|组|盏|块|支|幢|扇"
_REWARD = r"(?:给予|奖|补助|补贴|扣|罚|资助|发放|加\d)"
_GRANTED = r"(?:最高|一次性|再)?(?:给予|奖励|奖补|补助|补贴|资助|扣减?\d|罚款?\d|加\d)"
PER_RE = lazy_re(
    r"每(?:"
    r"(?:单位|乡镇|学校|街道|社区|部门|班级|企业)(?=限|不|至少|最[多高低]|须|应|推荐|选[派送报]|报[送名]|配[备置]|安排|\s?\d|可|预算)|"  # 每单位〔限报〕3人
    rf"\s?(?:\d{{1,3}}|[一二两三四五六七八九十半])(?:\s?[—–-]\s?\d{{1,2}})?\s?(?:个)?{_TIME}"  # 每2周, 每 2—3 年
    r"|\s?\d{1,5}(?:\s?[至到—–-]\s?\d{1,5})?\s?(?:常住人口|服务人口|人口|居民)(?=设|建|配|安排|至少|不少于)"  # 每3000至5000常住人口〔设置〕
    r"|\s?\d{1,4}\s?(?:亩|户|人)?\s?[至到—–-]\s?\d{1,5}\s?[亩户人](?=设|建|配|安排|至少|不少于)"  # 每500亩至1000亩〔配备〕
    r"|\s?\d{1,4}\s?(?:公斤|千克|斤|吨|亩|公里|平方米|平方公里|立方米|人|户|万人|千人)(?!口)"  # 每50公斤
    rf"|(?:万人(?!口)|千人(?!口)|百人(?!口)|人次|人|生|户|校|亩|村|县|班|镇|乡|店|社|床|只|株|吨|平方米|立方米|公里|千米|延米|公顷|千瓦时|千瓦|公斤|千克|头|师)(?:每{_TIME})?"  # 每人每月
    rf"|(?:{_MEASURES})(?=\s?(?:\Z|不|最[高多低少]|至少|约|近|加[价收]|减[收免]|优惠|收[取费]|上浮|下浮))"  # 每份〔5元〕
    r"|[餐例次](?!产业|数)|(?:[类档]|种(?!植))(?![别型])"
    rf"|\s?\d{{0,2}}[百千万](?:名|户|个)?[一-鿿]{{1,6}}?(?={_HAVING})"  # 每千名老年人〔配备〕
    rf"|{_TIME}(?:每[人生户校])?"  # 每周
    rf"|[一-鿿]{{1,5}}?(?:1|一)\s?(?:处|起|例|件|个(?:百分点)?|名|户|家|次(?!性)|人|吨|亩|套|辆|台|项|篇|条|天|日|头|只|株|场|期|份|所|座|间|栋|种|分|万元)(?:(?:(?!一次|再|最[高多])[一-鿿]){{1,12}}?(?=(?:一次性|■■■|再|最[高多])?{_REWARD})|(?=[一-鿿]{{0,6}}?{_REWARD}))"  # 每发现一处〔扣减…〕, 每引进1名博士〔奖励…〕
    rf"|(?:一)?[个位名所家户间台辆座条项部期处栋班张](?:(?:(?![新改扩]建|建[设成]|设[立置]|配[备置])[一-鿿]){{0,8}}?(?:院|所|校|园|员|师|生|督学|品种|服务中心|食堂|基地|点|站|区|局|厂|店|组|队|者|领导|干部|代表|专家)(?=至少|不少于|不低于|不得|负责|联系|包[保联]|结对|要|每)|{_NOUN}|(?:(?!分别|一次|再)[一-鿿]){{1,5}}?(?=(?:分别|一次性|再)?(?:须|必须|应|给予|补助|奖励|补贴|抽查)))?(?:（[市区旗县、]{{1,6}}）)?(?:[、和或及与]{_BESIDE})?)"  # 每所学校, 每位学生, 每个乡镇和街道办
    r"|每(?:走?[到进]|去|逢|过)(?:1|一)[个位名所家户村站处座]"  # 每到一所〔学校〕
    rf"|[千万]人均|每[千万]人口(?![一-鿿])|(?<!\d)[年月日周](?:人)?均(?!匀|衡|可|收|纯|工|地|浓度|气温|降[水雨]|值)|(?<!学)生均|户均|亩均|校均"  # 年均
    rf"|每[一-鿿]{{1,2}}?(?={_GRANTED})"  # 每棒〔补助〕
    rf"|单(?:[个家]{_NOUN}|[户亩](?=补|奖|最|不)|[个家名][一-鿿]{{1,6}}?(?=(?:每年)?(?:累计|最高|补助|补贴|奖励|奖补)))"  # 单个企业〔每年〕
)
_PER_SIGN_RE = lazy_re(r"[每均单]")  # every basis has one of them, behind two characters at most
# a capacity or an output of each year or day: 日供水能力, 年屠宰; 年产值 is an indicator
_RATED_NAME_RE = lazy_re(
    r"每(?:[百千万]|十万|百万)(?:[名户个])?(?:常住人口|户籍人口|服务人口|人口|学生|老年人|老人|居民|残疾人|从业人员|劳动力|职工|(?<=户)|人(?!口))|[年日](?=用|供|处理|产(?![值业出])|屠宰|培训|加工|接待|出栏|吞吐|发电)"
)
_ONE_EACH_RE = lazy_re(
    r"一个(?:乡?镇|村|县|乡|社区|学校)(?=建|设|办|有|配|至少|保留)"
)  # 一个镇建强1所初级中学


def find_per(text: str, clause_start: int, at: int, sentence_start: int) -> tuple[str, int] | None:
    """Return the distributive word that governs an amount at an offset, and where it stands.

    It is looked for in the amount's own clause; 一个镇建强1所初级中学 reaches over the members of its list.
    """
    last: tuple[str, int] | None = None
    sign = _PER_SIGN_RE.search(text, clause_start, at)
    for match in PER_RE.finditer(text, max(clause_start, sign.start() - 2), at) if sign else ():
        is_of_both = last is not None and last[1] + len(last[0]) == match.start()  # 每个工作室|每学期
        last = (last[0] + match.group(), last[1]) if last and is_of_both else (match.group(), match.start())
    if last is not None:
        return last
    one = None
    for match in _ONE_EACH_RE.finditer(text, max(sentence_start, at - 40), at):
        one = (match.group(), match.start())
    return one


def basis_in_name(name: str) -> str | None:
    """Return the basis that a name begins with: the year or day of a capacity, 每千人口.

    >>> basis_in_name("日供水能力"), basis_in_name("年产值"), basis_in_name("每千常住人口床位数")
    ('日', None, '每千常住人口')
    """
    rated = _RATED_NAME_RE.match(name)
    return rated.group() if rated else None
