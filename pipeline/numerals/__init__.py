"""Chinese and Arabic numerals, alone or with comparison and unit, as values; knows nothing of the other stages."""

from pipeline.numerals.amount import RANGE_MARK, Amount, amount_of, share_of
from pipeline.numerals.number import NUMBER, NUMBER_RE, chinese_digit, parse_number, split_magnitude
from pipeline.numerals.quantity import parse_quantity
from pipeline.numerals.units import Unit, comparators, one_of, split_unit, to_base, unit_scale, units

__all__ = [
    "NUMBER",
    "NUMBER_RE",
    "RANGE_MARK",
    "Amount",
    "Unit",
    "amount_of",
    "chinese_digit",
    "comparators",
    "one_of",
    "parse_number",
    "parse_quantity",
    "share_of",
    "split_magnitude",
    "split_unit",
    "to_base",
    "unit_scale",
    "units",
]
