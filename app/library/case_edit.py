"""What the studio may do with the text of a case, in one place.

Each operation takes the texts of a case folder by their names and gives an Edit: the lines that
change, and no others. Nothing is ever formatted anew.
"""

from app.library.case_choice_edits import (
    add_choice,
    add_missing_ids,
    move_choice,
    remove_choice,
    set_choice,
)
from app.library.case_part_edits import remove_file, set_file, set_part
from app.library.case_references import Reference, references, rename_choice, rename_scene
from app.library.case_replacements import Edit, Replacement, apply_edit, edit_between, undo_of
from app.library.case_scene_edits import set_scene, set_scene_source
from app.library.case_scene_order import add_scene, move_scene, remove_scene, split_scene

__all__ = [
    "Edit",
    "Reference",
    "Replacement",
    "add_choice",
    "add_missing_ids",
    "add_scene",
    "apply_edit",
    "edit_between",
    "move_choice",
    "move_scene",
    "references",
    "remove_choice",
    "remove_file",
    "remove_scene",
    "rename_choice",
    "rename_scene",
    "set_choice",
    "set_file",
    "set_part",
    "set_scene",
    "set_scene_source",
    "split_scene",
    "undo_of",
]
