"""Tables and comparisons of a run -> one HTML file that opens from disk, offline (docs/report.md)."""

from __future__ import annotations

from pipeline.report.build import Report, build_report

__all__ = ["Report", "build_report"]
