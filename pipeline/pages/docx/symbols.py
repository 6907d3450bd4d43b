"""Signs that Word takes from a font of signs, by their place in it: a ≥ that is lost makes a floor an exact value."""

from __future__ import annotations

_PRIVATE = 0xF000  # where Word puts the places of such a font
# Adobe's encoding of Symbol
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼", 0xA2: "′", 0xA3: "≤",
    0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD5: "∏", 0xD6: "√",
    0xD7: "·", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_GREEK = dict(zip(b"ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
                  "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ", strict=True))  # fmt: skip
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFB: "✗",
              0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x98: "●"}
_FONTS = {"symbol": _SYMBOL | _GREEK, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign_of(font: str, code: str) -> str | None:
    """Return the sign at a place of a font, None for one that is not known.

    >>> sign_of("Symbol", "F0B3"), sign_of("宋体", "2265"), sign_of("Wingdings", "F021")
    ('≥', '≥', None)
    """
    try:
        number = int(code, 16)
    except ValueError:
        return None
    place = number - _PRIVATE if _PRIVATE <= number <= _PRIVATE + 0xFF else number
    known = _FONTS.get(font.strip().lower())
    if known is not None and place <= 0xFF:
        is_plain = known is _FONTS["symbol"] and 0x20 <= place < 0x40
        return known.get(place) or (chr(place) if is_plain else None)
    is_sign = 0x20 <= number < 0xD800 or 0xF900 <= number <= 0xFFFD
    return chr(number) if is_sign else None
