"""Printed pages: a layout in columns, and the file it becomes.

The layout is ours; ReportLab writes the file. Source: docs/decisions/0026-audit-packet.md.
"""
