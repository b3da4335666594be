// Mounts the parts of a page: every element with data-part="name" meets its part's mount().
// Pages work without any of it. `parts` is filled by the files in js/parts (see assets.py).

const mounted = new WeakSet();

function mountWithin(root) {
  for (const element of [root, ...root.querySelectorAll("[data-part]")]) {
    const mount = parts[element.dataset?.part];
    if (!mount || mounted.has(element)) continue;
    mounted.add(element);
    mount(element);
  }
}

mountWithin(document.body);

// A fragment that replaced the focused element takes the focus, if it says that it can.
function catchFocus(fragment) {
  if (document.activeElement !== document.body) return;
  if (fragment.getAttribute("tabindex") === "-1") fragment.focus({ preventScroll: true });
}

// Fragments that arrive later bring their own parts.
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes)
      if (node.nodeType === 1 && node.isConnected) {
        mountWithin(node);
        catchFocus(node);
      }
}).observe(document.body, { childList: true, subtree: true });
