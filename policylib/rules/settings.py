"""The settings that an office may write into a rule set of its own (`tables/profiles/*.toml`), and which rules go by
each: what `policylib rules ID` tells, so that nobody need read the code to find a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policylib.rule_sets import Profile

_DUTY: Final = ("interpretation.missing", "interpretation.rate", "interpretation.first-person")
_NORMATIVE_DRAFTS: Final = ("draft.validity-unstated", "draft.term-out-of-range", "draft.starts-soon")
_NORMATIVE: Final = (
    *_DUTY, "cleanup.not-listed", "validity.term-missing", "validity.term-out-of-range", "validity.notice-short",
    *_NORMATIVE_DRAFTS,
)  # fmt: skip
_BOUND: Final = (*_NORMATIVE, "cleanup.label", "disclosure.late", "interpretation.late", "task.unit-unknown")
_TERMS: Final = ("validity.term-out-of-range", "draft.term-out-of-range")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `key` is its section and name (contents.copied_percent), `means` says in Chinese what its value is,
    `rules` are those that go by it. `example` is a value as it is written, where no rule set may state any; of rows
    (`[[validity.exempt]]`) it is what stands below the heading."""

    key: str
    means: str
    rules: tuple[str, ...]
    example: str = ""
    rows: bool = False

    @property
    def section(self) -> str:
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        return self.key.partition(".")[2]


SETTINGS: Final = (
    Setting("interpretation.since", "从哪天起成文的文件要解读", _DUTY),
    Setting("interpretation.grace_working_days", "公开后几个工作日内不算缺解读", _DUTY),
    Setting("interpretation.limit_working_days", "解读最迟晚于文件公开几个工作日", ("interpretation.late",)),
    Setting(
        "interpretation.publish_working_days", "文件成文后几个工作日内公开",
        ("disclosure.late", "interpretation.late", *_DUTY),
    ),
    Setting("interpretation.normative_kinds", "标题以哪些词结尾的，按规范性文件算", _NORMATIVE),
    Setting("interpretation.normative_source", "上一项的出处", _NORMATIVE),
    Setting("interpretation.outside", "哪些机关的文件不算行政机关的", _BOUND),
    Setting("interpretation.outside_folders", "放在哪些文件夹里的不算行政机关的", _BOUND),
    Setting("interpretation.statutes", "标题以哪些词结尾的是法规", _BOUND),
    Setting(
        "interpretation.exempt", "哪些文件免予解读", _NORMATIVE,
        'where = "title"、words = ["考核细则"]、reason = "内部考核"', rows=True,
    ),
    Setting("contents.required", "解读都要有哪几部分", ("interpretation.contents",)),
    Setting("contents.when_replacing", "替代、修改旧文件的，解读还要有哪几部分", ("interpretation.contents",)),
    Setting("contents.when_defining", "界定了用语的，解读还要有哪几部分", ("interpretation.contents",)),
    Setting("contents.copied_percent", "解读有百分之几出自原文，就算照抄", ("interpretation.copied",)),
    Setting("contents.rate_percent", "解读率不低于百分之几", ("interpretation.rate",)),
    Setting("contents.first_person_yearly", "主要负责人每年至少解读几次", ("interpretation.first-person",)),
    Setting("consultation.least_days", "征求意见至少几天", ("consultation.short",)),
    Setting("consultation.source", "上一项的出处", ("consultation.short",)),
    Setting("number.form_since", "从哪天起成文的查文号写法", ("number.form",)),
    Setting("number.series_percent", "一年的号收到百分之几以上，才查缺号", ("number.series-gap",)),
    Setting("number.series_least", "至少收到几件，才查缺号", ("number.series-gap",)),
    Setting("disclosure.since", "从哪天起成文的查公开时限", ("disclosure.late", "disclosure.missing")),
    Setting("disclosure.mark_since", "从哪天起成文的要标公开属性", ("disclosure.missing",)),
    Setting("disclosure.repost_days", "成文与公开相隔几天以上，当作补录，不算首次公开", ("disclosure.late",)),
    Setting("disclosure.mark_doc_types", "哪些文种要标公开属性", ("disclosure.missing",)),
    Setting("disclosure.file_suffixes", "哪些格式的文件看得出附注、版式", ("disclosure.missing", "number.form")),
    Setting(
        "disclosure.attribute", "标注里写哪些词，是哪一种公开属性",
        ("disclosure.missing", "disclosure.late", "disclosure.inconsistent"),
        'name = "主动公开"、words = ["全文公开"]', rows=True,
    ),
    Setting("validity.term_years", "有效期一般几年到几年", _TERMS, "[3, 5]"),
    Setting("validity.trial_years", "试行、暂行的几年到几年", _TERMS, "[1, 2]"),
    Setting(
        "validity.must_state_term", "是不是必须写明有效期",
        ("validity.term-missing", "draft.validity-unstated"), "true",
    ),
    Setting(
        "validity.default_if_unstated", "没有写明有效期的，一般按几年、试行的按几年算",
        ("validity.term-missing", "validity.expired", "validity.evaluation-due", "cleanup.retained-expired"), "[5, 2]",
    ),
    Setting(
        "validity.auto_expire", "有效期届满是不是自动失效",
        ("cleanup.retained-expired", "validity.expired"), "true",
    ),
    Setting("validity.evaluate_before_months", "届满前几个月评估", ("validity.evaluation-due",), "6"),
    Setting(
        "validity.min_days_before_effect", "公布多少日以后施行", ("validity.notice-short", "draft.starts-soon"), "30",
    ),
    Setting("validity.trial_words", "标题里有哪些词的是试行文件", ("validity.term-missing", *_TERMS)),
    Setting(
        "validity.code_endings", "代字以哪些字结尾的，多半是规范性文件",
        ("validity.term-missing", "validity.term-out-of-range", "validity.notice-short"),
    ),
    Setting("validity.done_days", "届满前几天以内作出的清理决定，算已经处理", ("validity.expired",)),
    Setting(
        "validity.exempt", "写着哪些词的，哪条规则不适用",
        ("validity.term-missing", "validity.starts-early", "validity.notice-short", *_TERMS, "draft.starts-soon"),
        'rule = "validity.notice-short"、where = "title"、words = ["防汛"]、reason = "应急事项"', rows=True,
    ),
)  # fmt: skip


def settings_of(rule: str) -> Iterator[Setting]:
    """Those that a rule goes by."""
    return (one for one in SETTINGS if rule in one.rules)


def present(setting: Setting, profiles: Iterable[Profile]) -> tuple[Any, str]:
    """The value by these rule sets, the later over the earlier, and the title of the one that says it; of rows, all of
    them and of all. None and "" where none says it."""
    value: Any = None
    titles: list[str] = []
    for profile in profiles:
        section: Mapping[str, Any] = profile.get(setting.section, {})
        if setting.name in section:
            added, title = section[setting.name], str(profile.get("title") or profile["id"])
            value, titles = ([*(value or ()), *added], [*titles, title]) if setting.rows else (added, [title])
    return value, "、".join(titles)
