"""What use and the scanner do to a clean page: folds, shadow, grain, a crooked feed, a page laid in the wrong way."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_Grey = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """The damage of one page; zero means none."""

    turn: int = 0
    """Degrees by which the scan must be turned clockwise to stand upright."""
    skew: float = 0.0
    """Degrees of the crooked feed, counter-clockwise positive."""
    shadow: float = 0.0
    """Share of the light lost at the dark edge, 0 to 1."""
    folds: int = 0
    """Fold lines across the sheet: 1 for halves, 2 for thirds."""
    grain: float = 1.0
    """Standard deviation of the sensor noise in grey levels."""
    holes: int = 0
    """Punched filing holes at the left edge."""
    paper: tuple[int, int, int] = (250, 249, 246)
    """The colour of the sheet."""


def worn(page: Image.Image, wear: Wear, rng: np.random.Generator) -> Image.Image:
    """The page as it comes out of the scanner, RGB."""
    sheet: _Grey = np.asarray(page, dtype=np.float32) * (np.array(wear.paper, dtype=np.float32) / 255)
    sheet = _punched(sheet, wear.holes)
    sheet = sheet * _light(sheet.shape[:2], wear, rng)[:, :, None]
    sheet = _skewed(sheet, wear.skew)
    if wear.grain:
        sheet = sheet + rng.normal(0, wear.grain, sheet.shape[:2]).astype(np.float32)[:, :, None]
    image = Image.fromarray(np.clip(np.rint(sheet), 0, 255).astype(np.uint8))
    return image.rotate(wear.turn, expand=True)


def _punched(sheet: _Grey, holes: int) -> _Grey:
    canvas = sheet.copy()
    height, width = sheet.shape[:2]
    for index in range(holes):
        middle = height // 2 + round((index - (holes - 1) / 2) * height * 0.27)
        cv2.circle(canvas, (round(width * 0.045), middle), round(width * 0.0145), (96, 96, 98), -1, cv2.LINE_AA)
    return canvas


def _light(shape: tuple[int, int], wear: Wear, rng: np.random.Generator) -> _Grey:
    """The share of light that each point gives back."""
    height, width = shape
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    light: _Grey = 1 - wear.shadow * np.exp(-across * 7) * (0.6 + 0.4 * down) + 0 * down
    for index in range(wear.folds):
        at = (
            (index + 1) / (wear.folds + 1)
            + float(rng.uniform(-0.006, 0.006))
            + across * float(rng.uniform(-0.004, 0.004))
        )
        light = light * (1 - 0.09 * np.exp(-(((down - at) * height / 2.2) ** 2)))
        light = light * (1 - 0.04 * np.exp(-np.abs(down - at - 0.01) * 60) * (down > at))
    return light.astype(np.float32)


def _skewed(sheet: _Grey, degrees: float) -> _Grey:
    if not degrees:
        return sheet
    height, width = sheet.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    # Beyond the sheet lies the grey lid of the scanner.
    turned = cv2.warpAffine(sheet, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(214, 214, 212))
    return np.asarray(turned, dtype=np.float32)
