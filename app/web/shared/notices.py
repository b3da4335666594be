"""Short words after an action. The address carries a code, never text of its own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request
from werkzeug.wrappers import Response

TEXTS = {
    "signed-out": ("info", "You are signed out."),
    "password-changed": ("done", "Your password is changed. Other browsers are signed out."),
    "others-signed-out": ("done", "All other browsers are signed out."),
    "browser-signed-out": ("done", "That browser is signed out."),
    "plan-saved": ("done", "Your plan is saved."),
    "welcome": ("done", "Welcome to Waymark."),
    "read": ("done", "Saved: this section is marked as read."),
    "unread": ("info", "Saved: this section is open again."),
    "asked-again": ("info", "The questions of this lesson are open again."),
    "assigned": ("done", "Saved. Everyone who is asked finds it on their start page."),
    "reminded": ("done", "Reminded. It stands on their start page now."),
    "extended": ("done", "Saved. They see the new day, the reason and the note."),
    "leave-kept": ("done", "Saved. The clock pauses on these days."),
    "leave-removed": ("info", "This leave is removed. Due days fall where they were."),
    "reminders-saved": ("done", "Saved."),
    "feed-made": ("done", "A new address is made. Any earlier one no longer works."),
    "feed-withdrawn": ("info", "The calendar address is withdrawn. It no longer works."),
    "withdrawn": ("info", "The assignment is taken back."),
    "role-given": ("done", "Saved. The role holds from the next page they open."),
    "role-ended": ("info", "The role has ended, from the next page they open."),
    "working-credential-set": ("done", "Saved. It stands after the name from now on."),
    "person-closed": ("info", "This account is closed and signed out everywhere."),
    "person-opened": ("done", "This account is open again."),
    "run-ended": ("info", "This run has come to its end; nothing was added. Here is the debrief."),
    "exam-was-over": (
        "info",
        "This exam was over already, so nothing was added. Here is what was saved before.",
    ),
    "exam-time-set": ("done", "Saved. It is in force from now on, in a running exam too."),
    "reasons-wait": (
        "info",
        "The questions and reasons wait until the exam you are sitting is handed in: it may ask "
        "some of them again.",
    ),
    "preset-saved": ("done", "Saved. You find it under Saved choices."),
    "preset-deleted": ("info", "These saved choices are deleted."),
    "bookmark-removed": ("info", "That bookmark is taken away."),
    "nothing-missed": ("info", "Nothing you missed is left to practice there."),
    "regrade-signed": (
        "done",
        "Signed. Whoever’s result changed is told on their start page.",
    ),
    "regrade-undone": (
        "info",
        "Undone. Whoever’s result changed is told on their start page.",
    ),
    "commitment-kept": ("done", "Saved. It stands with this run, and you can change it."),
    "commitment-gone": ("info", "Saved: nothing stands with this run any more."),
    "case-published": ("done", "Published. Whoever starts the case from now on plays this text."),
    "review-asked": ("done", "Other trainers find it in the list of cases, waiting for a review."),
    "review-withdrawn": ("info", "It is in writing again; nobody is asked to read it."),
    "review-kept": ("done", "Your review is kept. It speaks for exactly the text you read."),
    "changes-asked": ("done", "Kept. Whoever writes the case sees what you ask for."),
    "draft-rebased": ("info", "The draft now follows the text that serves."),
    "studio-text-kept": (
        "done",
        "The studio's text goes on serving, and the folder's is set aside.",
    ),
    "draft-discarded": ("info", "The draft is given up. Learners never saw it."),
    "regrade-continued": (
        "done",
        "Done for every exam. Whoever's result changed is told on their start page.",
    ),
    "packet-asked": ("done", "Asked for. The packet shows how things stand at this moment."),
    "request-answered": ("done", "Saved. Whoever asked sees your answer."),
    "gap-explained": ("done", "Saved. Both ratings stay as they are, with your note beside them."),
    "note-kept": ("done", "Saved. Only you read it."),
    "contract-written": ("done", "Saved. It waits for the other to accept it."),
    "contract-accepted": ("done", "Saved: you have accepted this contract."),
    "goal-set": ("done", "Saved. The goal stands in the plan, for both of you."),
    "goal-settled": ("done", "Saved. How the goal ended stands in the plan."),
    "observation-finished": ("done", "Finished. The person sees it now."),
    "observation-discarded": ("info", "The draft is gone."),
    "observation-asked": ("done", "Sent. Your supervisors see what you asked for."),
    "reading-confirmed": ("done", "Saved: you have read this feedback."),
    "comment-kept": ("done", "Saved. Your words stand beside it."),
    "self-rated": ("done", "Saved. Your own view stands beside the others."),
    "signed-off": ("done", "Signed. It stands on record with your credential."),
    "said-beside": ("done", "Saved. It stands beside the sign-off."),
    "asked-saved": ("done", "Saved. The matrix judges by it from now on."),
    "framework-imported": ("done", "The framework is added. Teams can be judged by it now."),
    "invitation-withdrawn": ("done", "The invitation is withdrawn. Its link no longer works."),
    "erasure-asked": (
        "info",
        "You have asked to be forgotten. Until it is done you can take it back.",
    ),
    "erasure-taken-back": ("done", "Taken back: everything stays as it is."),
    "person-erased": ("info", "Done. What has to stay now belongs to a former staff member."),
    "team-added": ("done", "The team is added."),
    "hours-entered": ("done", "Saved with your signature. It counts once the other has signed."),
    "hours-signed": ("done", "Signed. The line carries both signatures and counts."),
    "hours-taken-back": ("info", "That line is taken back."),
    "phase-set": ("done", "Saved. Hours of a day belong to the phase of that day."),
    "credential-kept": ("done", "Your credential is saved."),
    "credential-taken-back": ("info", "That credential is taken back."),
    "training-kept": ("done", "Your training is saved."),
    "training-taken-back": ("info", "That training is taken back."),
    "reported": ("done", "Thank you. Your report is sent; the answer will stand here."),
    "already-reported": ("info", "You have reported this question before. Here is that report."),
    "report-saved": ("done", "Saved. The person who sent the report sees it."),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message on top of the page. Kinds: done, info."""

    kind: str
    text: str


def current_notice() -> Notice | None:
    """The message this page was opened with. None: there is none."""
    known = TEXTS.get(request.args.get("notice", ""))
    return None if known is None else Notice(*known)


def redirect_with(url: str, notice: str | None = None) -> Response:
    """Goes on to a page after a write (303), with a message."""
    if notice is not None:
        path, mark, anchor = url.partition("#")
        url = f"{path}{'&' if '?' in path else '?'}notice={notice}{mark}{anchor}"
    return redirect(url, code=303)
