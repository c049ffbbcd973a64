"""What the norms say that several rules rest on, and to whom: no rule may make one say more.

国发〔2015〕68号 speaks of documents of the State Council that it declared void, and binds no other paper: 参照. The
main points of 2017 (国办发〔2017〕24号) speak of originals on the site, not of the pages of interpretations.
Source: domain.md §6.1, §7.1, §7.2.
"""

from __future__ import annotations

from typing import Final

REVIEW: Final = "党政机关公文处理工作条例第二十条：签发前审核行文依据、引文是否准确，格式是否规范"
STOPPED: Final = (
    "参照国发〔2015〕68号对宣布失效的国务院文件的要求：自决定印发之日起一律停止执行，不再作为行政管理的依据"
)
MARKED: Final = (
    "国办发〔2017〕24号（2017年政务公开工作要点）：及时公开政策性文件的废止、失效等情况，在网站已发布的原文件上明确标注"
)
CLEANED: Final = "国办发〔2017〕24号（2017年政务公开工作要点）：清理规范性文件，清理结果向社会公布"
LINKED: Final = "国办发〔2017〕47号：解读材料页面与被解读文件页面相互关联"
TOGETHER: Final = "国办发〔2016〕80号：解读方案、解读材料与文件同步组织、同步审签、同步部署"
CONTENTS: Final = (
    "国办发〔2016〕80号：解读内容应包括背景依据、目标任务、主要内容、涉及范围、执行标准，以及注意事项、关键词诠释、"
    "新旧政策差异等"
)
