"""The named thing an act is about: a project, a facility, a document."""

from __future__ import annotations

import re
from typing import Final

# A title or a name in quotation marks with the noun that follows it. Matches "《…条例》", "“…”工程".
_TITLE: Final = re.compile(r"《[^》]{2,40}》|“[^”]{2,20}”[\u4e00-\u9fff]{0,4}(?:工程|项目|计划|中心|平台|园区|试点|基地)")
# A place or facility with the kind of thing it is at its end. Matches "青湖水库", "东岭至西川高速公路"; the verb before it is cut off.
_FACILITY: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·—“”]{2,24}?(?:高速公路|铁路|客专|机场|水库|大桥|隧道|电站|枢纽|轨道交通\d*号?线|医院|学院|大学|学校|中学|小学|博物馆|图书馆|体育馆|文化馆|科技馆|美术馆|大剧院|实验室|污水处理厂|水厂|电厂|产业园|工业园|开发区|高新区|经开区|试验区|示范区|港区|码头|公园|博览会|运动会|论坛|洽谈会|快速路|大道|灌区|中心|基地|工程|项目)(?:[一二三四五六七八九]期)?)"
)
_VERB: Final = re.compile(
    r"^(?:确保|力争|争取|推动|推进|加快|全面|全力|开工建设|开工|建成投用|建成|启动建设|启动|建设|新建|改造提升|改造|扩建|完成|争创|创建|申报|挂牌|谋划|规划|筹建|组建|举办|承办|办好|续建|实施|投用|竣工|和|及|与|、|等)+"
)
_LONGEST: Final = 30


def project_of(quote: str) -> str | None:
    """The first named thing in an act, null where it names none.

    Args:
        quote: the act in the words of the reading copy.
    """
    title = _TITLE.search(quote)
    if title:
        return title.group()
    body = _VERB.sub("", quote)
    first = re.split(r"[、，；。]", body, maxsplit=1)[0]
    match = _FACILITY.match(first)
    if match is None or re.match(r"\d", match["name"]):
        return None
    name = match["name"]
    return name if 3 < len(name) <= _LONGEST else None
