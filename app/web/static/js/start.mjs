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

// Fragments that arrive later bring their own parts.
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) if (node.nodeType === 1) mountWithin(node);
}).observe(document.body, { childList: true, subtree: true });
