"""Numeric quantities: what is counted or measured, how much, whether reached or aimed at, and when."""

from pipeline.extract.quantities.rows import find_quantities

__all__ = ["find_quantities"]
