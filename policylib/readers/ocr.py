"""Recognition of printed characters in pictures: RapidOCR with PP-OCRv6, of the extra `policylib[ocr]`.

The models are in its wheel. Left to itself RapidOCR fetches a model that it misses; it is told where each of them lies,
so that it never asks a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from policylib.errors import MissingDependency

MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
INSTALL = '请安装：pip install "policylib[ocr]"'
THREADS = 1  # files are read side by side, in as many workers as there are processors
LONG_SIDE = 1600  # pixels, 137 dpi on A4: read as well as 2,500 and in little more than half the time
FOUND_SIDE = 1280  # pixels, to which a page is made smaller for lines to be found on it: as many, a sixth sooner
SMALLEST = 16  # pixels of a side; in less there is no character

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one place of a picture. `corners`: of their box, clockwise from where the words begin, in pixels from
    the upper left of the picture. `score`: how sure the engine is, from 0 to 1. `middles`: of its characters without
    blanks, where they are known."""

    text: str
    score: float
    corners: tuple[Point, Point, Point, Point]
    middles: tuple[Point, ...] = ()


def available() -> bool:
    """Whether the extra is installed, with its models, and can be loaded."""
    try:
        import onnxruntime
        from rapidocr import RapidOCR
    except ImportError:
        return False
    return bool(onnxruntime and RapidOCR) and all(path.is_file() for path in _models().values())


def missing(path: str) -> MissingDependency:
    """The error of a picture that cannot be read without the extra."""
    return MissingDependency(f"{path}：图片和扫描件需要文字识别（OCR），尚未安装或不能使用", INSTALL)


def pieces_of(image: Image.Image) -> list[Piece]:
    """The words in a picture, in no order. The extra must be `available`.

    Raises MemoryError, which is all that the engine was seen to fail of.
    """
    if min(image.size) < SMALLEST:
        return []
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        found = _engine()(image.convert("RGB"))
    except ONNXRuntimeError as error:
        raise MemoryError(str(error)) from error
    return list(_pieces(found)) if found.txts else []


def _pieces(found: Any) -> Iterator[Piece]:
    placed = found.word_results if len(found.word_results) == len(found.txts) else ((),) * len(found.txts)
    rows = zip(found.boxes.tolist(), found.txts, found.scores, placed, strict=True)
    for corners, text, score, characters in rows:
        if text.strip():
            first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
            middles = tuple(_middle(box) for character, _, box in characters if character.strip())
            yield Piece(text.strip(), float(score), (first, second, third, fourth), middles)


def _middle(box: Any) -> Point:
    return sum(float(x) for x, _ in box) / 4, sum(float(y) for _, y in box) / 4


def _models() -> dict[str, Path]:
    """Where the models lie."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    return {part: folder / name for part, name in MODELS.items()}


@cache
def _engine() -> Any:
    """The engine of this process, made at its first page: that takes half a second and 200 MB."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(THREADS)
    places = {f"{part}.model_path": str(path) for part, path in _models().items()}
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": THREADS for kind in ("intra", "inter")}
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # pages are turned as wholes; see scan_page
            "Global.return_word_box": True,  # where each character is: costs nothing
            "Global.return_single_char_box": True,
            "Global.use_preprocess_img": False,  # they come in the size in which they are read best
            "Rec.rec_batch_num": 1,  # six lines side by side are padded to the longest: a fifth more time and 400 MB
            "Det.limit_type": "max",  # a strip of a page is not to be made six times larger
            "Det.limit_side_len": FOUND_SIDE,
            **places,
            **threads,
        }
    )
