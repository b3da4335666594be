"""What a YAML parser complains of, said so that the writer of the file can mend it."""

from __future__ import annotations

_QUOTE = "put the whole text in quotes, or start it with >- on its own line"

# What the parser says → (what is wrong, what to do). The first match counts.
_ADVICE: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "There is a colon here where none can stand, or the indentation is off.",
        f"If the colon belongs to a text, {_QUOTE}. Otherwise indent the line like its neighbors.",
    ),
    (
        "found unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        "Close the quotation mark; inside single quotes, write an apostrophe twice.",
    ),
    (
        "could not find expected ':'",
        "A key without a colon stands here, or a line of a long text lost its indentation.",
        "Add the colon and a space after it, or indent the line like the rest of its text.",
    ),
    (
        "did not find expected '-' indicator",
        "A line of a list starts further left than the list, or has no dash.",
        "Indent the line like the other entries of the list.",
    ),
    (
        "did not find expected key",
        "The line does not fit its neighbors, or a quotation mark ends too early.",
        "Indent it like the other keys. Inside single quotes, write an apostrophe twice.",
    ),
    (
        "did not find expected ','",
        "A bracket is opened and not closed.",
        "Close it, and put commas between the entries; or write one entry a line with dashes.",
    ),
    (
        "block sequence entries are not allowed",
        "A dash for a list entry stands where no list can start.",
        "Put the list on the lines below its key.",
    ),
    (
        "found unknown escape character",
        "A backslash inside double quotes starts something unknown.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "A text starts with * or &, which mean something else here.",
        "Put quotes around the text.",
    ),
)


def advice_for(said: str, rest_of_line: str) -> tuple[str, str, str]:
    """Turns a parser's complaint into a code, a sentence about the fault, and advice."""
    if rest_of_line.startswith("\t"):
        message = "There is a tab in the indentation."
        return "YF105", message, "Use two spaces for each level, never tabs."
    if "cannot start any token" in said and rest_of_line[:1]:
        message = f"A text cannot start with {rest_of_line[0]} here."
        return "YF104", message, f"To write it all the same, {_QUOTE}."
    for complaint, message, advice in _ADVICE:
        if complaint in said:
            return "YF104", message, advice
    message = "The file does not follow the YAML form here."
    return "YF104", message, "Compare the indentation, dashes and quotes with a finished example."
