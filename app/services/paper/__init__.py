"""Printed pages: a typeface, a layout in columns, and the file they become.

Our own, so that the same words make the same bytes wherever they are made: no clock, no random
names, no library version in the file. Source: docs/decisions/0026-audit-packet.md.
"""
