// Signing out leaves nothing unsent in the browser; whoever would lose something by it is told
// first (data-part="sign_out" on the form).

export function mount(form) {
  const said = form.querySelector("[data-said]");
  const way = form.querySelector("a");
  let isWarned = false;
  form.addEventListener("submit", (event) => {
    const left = own();
    if (!left.length || isWarned) return forget(left);
    event.preventDefault();
    isWarned = true;
    way.href = left[0].url;
    way.hidden = false;
    said.textContent =
      "What you entered is not sent yet, and signing out throws it away. " +
      "Open the page to send it, or press again to sign out.";
  });
}
