"""Bytes of a text as characters, in any encoding that Chinese offices use.

Encodings overlap: nearly every Big5 text is valid GB18030, and what it then says is rare characters. So the bytes are
read in each way, and that one is right which gives the characters that papers are written with: real ones have four of
five among the commonest 300, a wrong reading one of twenty. The usual detectors take short GBK texts for UTF-16 or
Big5. GB18030 contains GBK and GB2312, so those labels never matter.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylib.model.document import Problem

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
COMMON = frozenset(
    "的人和第法行条政定应民规关国业理当管会有市工十部公务以作一用区保机地中设合门生发二者建或事本制产员进等为在主其"
    "对实府经不动施物全及要资三年化家责体大单方位共出安级办委护可院监内展通同处权提重自准下社品构上照文职据所于日任"
    "件加依信开检企省议组时标农报并划项分四学按由教查证县立成案性审利相与运律技五量得情育服代求新收期明城执场持治营"
    "改交请活环月个确质度范术负程支督过金目外入协告能基高力总使备决税强域六予供调具取效受数长前现采指后科费结商口路"
    "道是书养格统限评计况记电财号价名预点称则将车认险布九核置止际符药网适济裁从罚之装许果除料见态属食研起了领无续给"
    "优必义疗届题类军八七印各废修失令知意暂批复甲乙丙丁"
    "條應規關國業當會務區機設門發產員進為對實經動責體單級辦護監內處權構職據於開檢議組時標農報劃項學並證縣審與運專織"
    "執場營請環個確質範術負過協準總備決稅強調數長現採後費結養統評計況記財號價預點稱則將車認險際藥網適濟從罰裝許見態"
    "屬領無續給優義療屆題類軍廢來這們說兩還沒樣頭問間話東西馬龍風飛電氣臺灣"
    "，。、；：？！（）“”‘’〔〕【】「」『』·—…％０１２３４５６７８９〇○①②③④⑤"
)
"""The characters that papers are written with, in both scripts, and their punctuation; but 《》〈〉,
which a table of digits gives that is read as UTF-16."""
SAMPLE = 2048  # bytes that are read in every way, from the first that is not ASCII
ENCODINGS = {
    "utf-8": ("utf-8", 0.2),
    "gb18030": ("gb", 0.2),
    "big5hkscs": ("big5", 0.0),
    "utf-16-le": ("utf-16", -0.1),
    "utf-16-be": ("utf-16", -0.1),
}
"""How labels of an encoding begin, and what tells for it before anything is read: nearly all texts are one of the first
two, any bytes are UTF-16."""
# Below it bytes may be anything; real texts have 0.8, lists of rare names 0.4, bytes of chance less than 0.
SENSE = 0.15
USUAL = ("utf-8", "gb18030")
VALID = 0.4  # chance rarely makes valid UTF-8
DECLARED = 0.1  # labels are as often wrong as right: they decide only between equals
DOUBT = 0.25  # between the best reading and the next, below which a reader should look himself
LOST = "\N{REPLACEMENT CHARACTER}"
HAN = re.compile("[\u4e00-\u9fff]")
HIGH = re.compile(rb"[\x80-\xff]")
ODD_WEIGHT = 2  # ASCII that is UTF-16 and read as another has one zero in two: so much says that it is not
FEW = 2  # characters by which a reading must be better than chance: one that is common by chance is no evidence
BLANKS = frozenset("\u3000\xa0")
ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, how many characters are lost, and the next likely encoding where two are near."""

    text: str
    encoding: str
    lost: int = 0
    rival: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a reader of the text should know."""
        if self.lost:
            return (damaged_encoding(self.encoding, self.lost),)
        return (doubtful_encoding(self.encoding, self.rival),) if self.rival else ()


def damaged_encoding(encoding: str, lost: int) -> Problem:
    """The problem of a text in which some bytes fit no encoding."""
    return Problem(
        "ENCODING_GUESSED",
        f"文字编码有损坏，已按 {encoding.upper()} 读取，{lost} 处无法还原（显示为 {LOST}）",
    )


def doubtful_encoding(encoding: str, rival: str) -> Problem:
    """The problem of a text that could be in another encoding as well."""
    return Problem(
        "ENCODING_GUESSED",
        f"文字编码不能确定，已按 {encoding.upper()} 读取，也可能是 {rival.upper()}；如有乱码，请另存为 UTF-8 后再读",
    )


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of some bytes. `declared` is what a page says of its encoding; it decides only between equals."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if found := _utf8(data):
        return found
    readings = sorted(_readings(_sample(data), declared.lower()), reverse=True)
    (best, _, encoding), (next_best, _, rival) = readings[:2]
    near = best - next_best < DOUBT or best < SENSE
    found = _decoded(data, encoding, rival if near else "")
    if found.lost and encoding in USUAL:  # a damaged file loses a few characters, and many when read as the other
        return min((found, *(_decoded(data, one) for one in USUAL if one != encoding)), key=lambda one: one.lost)
    return found


def _utf8(data: bytes) -> Decoded | None:
    """ASCII, or valid UTF-8 with a hanzi, which chance does not make."""
    if 0 in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return Decoded(text, "utf-8") if data.isascii() or HAN.search(text) else None


def _sample(data: bytes) -> bytes:
    """The part that tells most: from the first byte that is not ASCII on."""
    high = HIGH.search(data)
    start = high.start() & ~1 if high else 0
    return data[start : start + SAMPLE]


def _readings(sample: bytes, declared: str) -> Iterator[tuple[float, int, str]]:
    """How well each encoding fits; of equals, the more usual first."""
    for place, (encoding, (label, usual)) in enumerate(ENCODINGS.items()):
        text = sample.decode(encoding, errors="replace")
        valid = VALID if encoding == "utf-8" and LOST not in text[:-1] else 0  # the sample may end within a character
        told = DECLARED if declared.startswith(label) else 0
        fit = _fit(text)
        if fit >= SENSE or not encoding.startswith("utf-16"):
            yield fit + usual + valid + told, -place, encoding


def _fit(text: str) -> float:
    """Which share of the characters beyond ASCII are common ones, less those that no text has."""
    wide = [character for character in text if character > "\x7f" and character not in BLANKS]
    common = sum(map(COMMON.__contains__, wide)) / (len(wide) + FEW) if wide else 1
    return common - ODD_WEIGHT * len(ODD.findall(text)) / max(len(text), 1)


def _decoded(data: bytes, encoding: str, rival: str = "") -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, rival=rival)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, encoding, text.count(LOST), rival)
