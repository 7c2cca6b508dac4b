"""What the heading of a column says about the people below it.

The headings are those of public forms: staff lists, duty rosters, exports of address books
(DingTalk, Google, Outlook), lists of pupils and their parents.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Field(StrEnum):
    """What a column holds."""

    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    MOBILE = "mobile"
    PHONE = "phone"  # a mobile number or another one
    LANDLINE = "landline"
    REGION = "region"  # a country's calling code
    USER_ID = "user_id"
    DEPARTMENT = "department"
    OTHER = "other"  # known, and nothing about whom to notify


_EXACT: Final = {
    Field.FAMILY_NAME: "姓 姓氏 lastname familyname surname",
    Field.GIVEN_NAME: "名 firstname givenname",
    Field.NAME: (
        "姓名 名字 名称 员工姓名 真实姓名 显示名 显示名称 显示姓名 全名 称呼 昵称 值班人 "
        "值班人员 值班员 值班者 值班 当值人 当值人员 带班人 带班人员 人员 人员姓名 联系人 "
        "联系人姓名 负责人 负责人姓名 责任人 成员 成员姓名 员工 职工 职工姓名 教师 教师姓名 "
        "老师 老师姓名 学生 学生姓名 收件人 收货人 人名 用户姓名 用户名称 姓名必填 护士 医生 "
        "司机 业主 业主姓名 户主 客户 客户姓名 经办人 申请人 参会人 参会人员 与会人员 报名人 "
        "name fullname displayname realname username contact contactname nick nickname person "
        "staff employee employeename membername fn 聯絡人 聯繫人 員工姓名 中文姓名 中文名 "
        "备注名 接口人 对接人 oncall 主班 副班 当值 当班 primary secondary backup"
    ),
    Field.MOBILE: (
        "手机 手机号 手机号码 手机号必填 手机电话 移动电话 移动手机 本人手机 个人手机 手机1 "
        "mobile mobilephone mobileno mobilenumber cell cellphone cellphonenumber phonenumber "
        "phonemobile 手機 手機號碼 行動電話 teltype=cell cellular 绑定手机 绑定手机号 cellno"
    ),
    Field.PHONE: (
        "电话 电话号码 联系电话 联系方式 联系号码 联络电话 号码 值班电话 本人电话 个人电话 "
        "电话手机 手机电话号码 电话1 phone tel telephone contactnumber phoneno 電話 聯絡電話 "
        "phone1value phones 手机联系电话 微信电话 contactno telno"
    ),
    Field.LANDLINE: (
        "座机 固话 固定电话 办公电话 办公室电话 单位电话 公司电话 分机 分机号 传真 短号 小号 "
        "内线 集团短号 虚拟号 fax ext extension officephone workphone homephone landline "
        "businessphone 家庭电话 住宅电话 宅电 总机"
    ),
    Field.REGION: (
        "国家码 国家代码 国家区号 国际区号 区号 地区号 国家地区代码 国家地区码 国家地区区号 "
        "手机区号 国际代码 statecode countrycode areacode callingcode dialcode phonecode "
        "regioncode 国际电话区号 国家 国家地区 国家或地区 country"
    ),
    Field.USER_ID: (
        "userid 用户id 员工userid 员工id 成员id 企业内用户id 钉钉userid 钉钉用户id dinguserid "
        "dingtalkuserid dingtalkid dingid staffid 员工唯一标识 用户唯一标识 员工唯一标识id "
        "userid必填 人员id 钉钉id 钉钉号id 企业用户id 成员userid 账号id"
    ),
    Field.DEPARTMENT: (
        "部门 部门名称 所属部门 所在部门 主部门 归属部门 科室 所属科室 所在科室 单位 单位名称 "
        "所在单位 工作单位 所属单位 班组 组别 小组 团队 组织 所属组织 公司 公司名称 所属公司 "
        "学院 班级 系部 年级 dept department departments deptname team group organization org "
        "company 部門 处室 车间 项目部 分组 组织机构 organizationname organization1name "
        "organizationdepartment 门店"
    ),
    Field.OTHER: (
        "序号 编号 行号 no id 日期 值班日期 时间 时间段 时段 星期 周次 周 班次 班别 值班时间 "
        "职位 职务 岗位 职称 角色 工种 邮箱 电子邮箱 电子邮件 邮件 email mail 备注 说明 性别 "
        "年龄 民族 籍贯 身份证 身份证号 身份证号码 证件号 证件号码 工号 员工编号 员工工号 学号 "
        "职工号 jobnumber employeeid employeeno staffno 签到状态 状态 入职日期 入职时间 "
        "出生日期 生日 地址 住址 家庭住址 办公地点 办公位置 房号 车牌 车牌号 微信 微信号 qq "
        "qq号 qq号码 学历 政治面貌 账号 帐号 登录名 登录账号 用户名 login account unionid openid "
        "直属主管 直属上级 上级 主管 部门主管 领导 带班领导 title position role jobtitle date "
        "time week gender sex age remark remarks note notes comment address birthday 紧急联系人 "
        "紧急联系人姓名 紧急联系电话 紧急联系人电话 家长 家长姓名 家长电话 家长手机 父亲 母亲 "
        "监护人 监护人电话 配偶 推荐人 介绍人 与本人关系 关系 权限 标签 英文名 拼音 别名 任务 "
        "工作内容 职责 区域 地点 序 排序 数量 金额 项目 项目名称 序號 備註 organizationtitle "
        "签名 签字 领导姓名 领导电话 部门id deptid at atmobiles atuserids atdingtalkids isatall "
        "mentionedlist mentionedmobilelist"
    ),
}
_FIELDS: Final = {word: field for field, words in _EXACT.items() for word in words.split()}
# Whose words stand in a longer heading, the first that fits; another person's number never counts.
_PARTS: Final = (
    (Field.OTHER, "紧急|家长|家属|亲属|亲友|监护|父亲|母亲|推荐|介绍人|上级|主管|领导|配偶"),
    (Field.OTHER, "emergency|manager"),
    (Field.OTHER, "时间|日期|状态|备注|签名|类型|type|label|邮箱|email"),
    (
        Field.OTHER,
        "身份证|证件|工号|职务|职位|岗位|性别",
    ),
    (Field.OTHER, "地址|address|是否|次数|金额|数量|微信|qq|密码|password|账号"),
    (Field.LANDLINE, "固话|固定电话|座机|办公电话|分机|传真|短号|fax|landline"),
    (Field.USER_ID, "userid|用户id|员工id"),
    (Field.MOBILE, "手机|移动电话|mobile|cellphone|手機"),
    (Field.PHONE, "联系电话|联系方式|电话|phone|telephone|電話"),
    (Field.DEPARTMENT, "部门|科室|department|单位名称|班组"),
    (Field.NAME, "姓名|名字"),
    (Field.NAME, "^.{1,5}(?<![党团会])[人员者]$"),
)
_SURE_NAMES_WORDS: Final = "名字 全名 人名 中文名 name fullname realname membername employeename"
_SURE_NAMES: Final = frozenset(_SURE_NAMES_WORDS.split())
# Of the person whose name may stand in a column of its own, too.
_NICKNAMES_WORDS: Final = (
    "昵称 称呼 备注名 用户名称 显示名 显示名称 displayname username nick nickname"
)
_NICKNAMES: Final = frozenset(_NICKNAMES_WORDS.split())
_MOST_LETTERS: Final = 24
_NOISE: Final = re.compile(r"[\s_\-*:：/\\.,，、()（）\[\]【】<>\"'“”#?？!！;；]+")
_REQUIRED: Final = re.compile(
    r"[(（\[【]?(?:必填|选填|可选|required|optional)[^)）\]】]{0,12}[)）\]】]?"
)


_HINT: Final = re.compile(r"[(（\[【][^()（）\[\]【】]{1,16}[)）\]】]")
_OF_ANOTHER: Final = re.compile(
    r"紧急|家长|家属|亲|监护|[父母]|配偶|主管|领导|上级|座机|固|办公|单位|分机|短号|传真|id|工号|微信|邮",
    re.IGNORECASE,
)
_SUPERIOR: Final = re.compile(
    "领导|主管|上级|紧急联系人|家长|监护人|父亲|母亲|配偶|推荐人|介绍人|supervisor|manager|leader"
)


def _plain(heading: str) -> str:
    words = unicodedata.normalize("NFKC", heading).casefold()
    return _NOISE.sub("", _REQUIRED.sub("", words))


@lru_cache(maxsize=1024)
def field_of(heading: str) -> Field | None:
    """What a column with this heading holds; None where the heading is not known."""
    if not heading or len(heading) > 2 * _MOST_LETTERS:
        return None
    words = _plain(heading)
    if not words or len(words) > _MOST_LETTERS:
        return None
    known = _FIELDS.get(words)
    hint = _HINT.search(heading)
    if known is None and hint and not _OF_ANOTHER.search(hint[0]):  # "手机号（+86）"
        known = _FIELDS.get(_plain(heading.replace(hint[0], "")))
    if known is None:  # "值班人员1", "电话2"
        known = _FIELDS.get(words.rstrip("0123456789一二三"))
    if known is not None or any(letter.isdigit() for letter in words[:-1]):
        return known
    if len(words) > 1:
        for field, parts in _PARTS:
            if re.search(parts, words):
                return field
    return None


def rank_of_name(heading: str) -> int:
    """How well a heading says that names stand below it: 0 the best, 2 where it is a nickname."""
    words = _NOISE.sub("", unicodedata.normalize("NFKC", heading).casefold())
    if words in _NICKNAMES:
        return 2
    return 0 if words in _SURE_NAMES or words.endswith("姓名") else 1


def is_another_person(heading: str) -> bool:
    """Whether names of others stand below it: whoever leads, or is to be called for somebody."""
    words = _plain(heading)
    return bool(_SUPERIOR.search(words)) and not re.search("电话|手机|phone|mobile|tel", words)


def is_label(words: str) -> bool:
    """Whether these words are just the name of a field, as before a colon."""
    words = _NOISE.sub("", unicodedata.normalize("NFKC", words).casefold())
    return words in _FIELDS
