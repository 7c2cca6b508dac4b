"""Whether words look like somebody's name, a department, or a job.

Chinese names are told by their surname: the hundred that nine of ten people bear, the others of the
census that are no everyday words, and those of two letters.
"""

import re
from enum import StrEnum
from typing import Final

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶黎贺毛郝顾龚邵万覃武钱戴严莫孔"
    "向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦向柳邢岳齐梅庄辛管祝左涂谷祁时舒耿"
    "牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉"
    "房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭"
    "窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽邴松井富乌焦巴弓隗山秋仲伊仰宓蓬郗班储靖汲邰从鄂索咸籍卞蔺阴胥能苍双闻"
    "莘翟劳逄扶堵冼麦区佘佟仝佴岑尚农别扈楚沙乜养鞠须丰巢蒯相后荆红游竺权逯益桓公肇覃逢郏浦慎戈庾终暨居衡"
    "步耕满弘匡国寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融訾阚那空毋曾"
)
_COMPOUND_WORDS: Final = (
    "欧阳 上官 司马 诸葛 司徒 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 夏侯 轩辕 端木 百里 "
    "呼延 独孤 完颜 赫连 澹台 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 "
    "颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 段干 东郭 南门 西门 纳兰 叶赫 第五"
)
_COMPOUND: Final = tuple(_COMPOUND_WORDS.split())
_TITLES_WORDS: Final = (
    "经理 主管 主任 总监 工程师 老师 教师 教授 讲师 护士 医生 医师 护士长 组长 班长 队长 科长 "
    "处长 部长 局长 院长 校长 所长 站长 店长 厂长 会长 镇长 县长 村长 院士 书记 秘书 助理 专员 "
    "文员 职员 科员 管理员 保安 司机 厨师 会计 出纳 总裁 总经理 董事长 董事 顾问 代表 负责人 "
    "实习生 学生 学员 成员 委员 干事 干部 设计师 架构师 分析师 律师 技师 技工 工人 客服 前台 行政 "
    "运维 开发 测试 产品 销售 财务 人事 市场 技术 运营 采购 仓库 后勤 保洁 主席 常委 政委 指导员 "
    "联络员 网格员 管家 店员 导购 师傅 值班员 调度员 安全员 操作员 巡检员 辅导员 同学 先生 女士 "
    "领导 员工 总工 副总 法务 公关 品牌 策划 编辑 记者 主播 助教 班主任 年级主任 收银员 快递员 "
    "质检员 保管员 资料员 施工员 监理 业务员 程序员 高工 经办人 联系人 值班人 manager engineer "
    "director leader assistant intern ceo cto cfo coo hr pm qa boss admin"
)
_TITLES: Final = tuple(_TITLES_WORDS.split())
_TITLE: Final = frozenset(_TITLES)
_ADDRESS_FORMS: Final = ("老师", "经理", "主任", "总监", "师傅", "医生", "同学", "先生", "女士")
_NO_NAMES_WORDS: Final = (
    "男 女 全天 白班 夜班 早班 中班 晚班 大夜 小夜 休息 休假 请假 值班 备勤 备班 带班 主班 副班 "
    "上午 下午 中午 晚上 夜间 白天 节假日 工作日 在职 离职 试用 试用期 正式 兼职 全职 已签到 "
    "未签到 签到 是 否 有 无 暂无 没有 空 汉 汉族 党员 中共党员 预备党员 群众 团员 共青团员 本科 "
    "大专 专科 硕士 博士 研究生 高中 初中 小学 中专 已婚 未婚 离异 合计 总计 小计 共计 备注 其他 "
    "其它 同上 同前 待定 未知 全部 所有人 全体成员 父亲 母亲 爸爸 妈妈 父母 配偶 妻子 丈夫 儿子 "
    "女儿 家长 本人 朋友 同事 微信 手机 电话 完成 未完成 已完成 进行中 通过 正常 异常 高 中 低 "
    "启用 停用 已启用 已停用 已激活 未激活 激活 北京 上海 广州 深圳 天津 重庆 江苏 江西 安徽 宁夏 "
    "云南 成都 武汉 温州 常州 苏州 杭州 郑州 黄山 南京 西安 宁波 福州 江门 海南 贵州 贵阳 广东 "
    "广西 河北 河南 湖北 湖南 山东 山西 陕西 四川 浙江 福建 辽宁 吉林 黑龙江 内蒙古 甘肃 青海 "
    "西藏 新疆 香港 澳门 台湾 兰州 包头 洛阳 齐齐哈尔 石家庄 连云港 单休 双休 轮休 周末 双方 全员 "
    "成功 失败 常用 高级 中级 初级 安全 管理 设计 文化 金融 法律 计划 商务 高管 name mobile phone "
    "东门 西门 南门 北门 正门 后门 侧门 大门 门岗 "
    "email null none nan n/a na undefined true false yes no male female"
)
_NO_NAMES: Final = frozenset(_NO_NAMES_WORDS.split())
_GROUP_ENDS_WORDS: Final = (
    "部 组 室 局 处 院 厂 队 办 中心 公司 集团 车间 事业部 分公司 大队 支队 医院 学校 学院 大学 "
    "中学 小学 幼儿园 街道 社区 居委会 村委会 部门 工会 党委 委员会 办公室 科室 病区 门诊 项目部 "
    "基地 银行 支行 部队 总部 研究所 服务区 收费站 派出所 年级 团队 小组 平台 department dept "
    "team group office center centre"
)
_GROUP_ENDS: Final = tuple(_GROUP_ENDS_WORDS.split())
_GROUP_ENDS_OF_LONGER: Final = tuple("科所站店班会团系级段区楼层线")
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_HAN_SPACED: Final = re.compile(r"[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff]){1,3}")
_FOREIGN_HAN: Final = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•‧・.][\u3400-\u9fff]{1,10}){1,3}")
_LATIN_WORD: Final = r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?"
_LATIN: Final = re.compile(rf"{_LATIN_WORD}(?:,? {_LATIN_WORD}){{0,4}}")
_NUMBERED_GROUP: Final = re.compile("第?[A-Za-z0-9一二三四五六七八九十]{1,3}[组班部队科室区栋]")
_LEAST_GROUP: Final = 3
_MOST_HAN: Final = 4
_MOST_LATIN: Final = 40


class NameLook(StrEnum):
    """How much words look like a name."""

    STRONG = "strong"  # a surname and what goes with it
    WEAK = "weak"  # it could be one
    GROUP = "group"  # a department, a school, a company
    TITLE = "title"  # a job
    NO = "no"  # a word that is nobody's name, or no words at all


def joined(words: str) -> str:
    """A short Chinese name whose letters were set apart so that it is as wide as others."""
    return re.sub(r"\s+", "", words) if _HAN_SPACED.fullmatch(words) else words


def look_of_name(words: str) -> NameLook:
    """How much these words look like a name; they have no digits and no marks around them."""
    small = words.casefold()
    if small in _NO_NAMES or not words:
        return NameLook.NO
    if _NUMBERED_GROUP.fullmatch(words):
        return NameLook.GROUP
    if small in _TITLE:
        return NameLook.TITLE
    if _HAN.fullmatch(words):
        return _look_of_han(words)
    if _FOREIGN_HAN.fullmatch(words):
        return NameLook.STRONG
    if _LATIN.fullmatch(words) and len(words) <= _MOST_LATIN and not _HAN.search(words):
        return _look_of_latin(words)
    inner = _HAN.match(words)
    # "张三(小)", "李四A": a name with something behind it.
    if inner and len(words) <= _MOST_LATIN and _look_of_han(inner[0]) is NameLook.STRONG:
        return NameLook.WEAK
    return NameLook.NO


def _look_of_han(words: str) -> NameLook:
    rest = words[1:]
    is_surname = words[0] in SURNAMES
    if is_surname and rest in ("总", "工", "局", "处", "科", "院", "所", "队", "哥", "姐", "董"):
        return NameLook.WEAK
    if is_surname and rest in _ADDRESS_FORMS:
        return NameLook.WEAK
    if len(words) >= _LEAST_GROUP and words.endswith(_GROUP_ENDS):
        return NameLook.GROUP
    if len(words) == 1:
        return NameLook.WEAK if is_surname else NameLook.NO
    if len(words) >= _LEAST_GROUP and words.endswith(_TITLES):
        return NameLook.TITLE
    if len(words) >= _LEAST_GROUP and words.endswith(_GROUP_ENDS_OF_LONGER):
        return NameLook.WEAK if is_surname and len(words) == _LEAST_GROUP else NameLook.GROUP
    if words.endswith("族"):
        return NameLook.NO
    if words[:2] in _COMPOUND and len(words) <= _MOST_HAN:
        return NameLook.STRONG
    if is_surname and len(words) <= _LEAST_GROUP:
        return NameLook.STRONG
    return NameLook.WEAK if len(words) <= _MOST_HAN else NameLook.NO


def _look_of_latin(words: str) -> NameLook:
    parts = words.replace(",", " ").split()
    if parts[-1].casefold() in _TITLE or parts[-1].casefold() in _GROUP_ENDS:
        return NameLook.TITLE if parts[-1].casefold() in _TITLE else NameLook.GROUP
    if len(parts) > 1 and all(part[0].isupper() or not part[0].isascii() for part in parts):
        return NameLook.STRONG
    return NameLook.WEAK if len(words) > 1 else NameLook.NO
