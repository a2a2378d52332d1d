/** Nodes and line drawings. All texts become text, never markup. */
"use strict";

/**
 * An element with attributes, listeners (`onclick`) and children; `element(name, attributes, …children)`.
 * Attributes that are null, undefined or false are left out, and so are children that are empty or false. What has a
 * class is a part of that name, too, so that a page's stylesheet reaches it, unless `part` says otherwise.
 */
window.Handraiser.define("element", () => (name, attributes, ...children) => {
  const node = /^(svg|path)$/.test(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries({ part: attributes?.class, ...attributes })) {
    if (typeof value === "function") node[key] = value;
    else if ((value ?? false) !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter(Boolean));
  return node;
});

/** A line drawing on a 24 × 24 grid, hidden from screen readers; `icon(path)`. */
window.Handraiser.define(
  "icon",
  ({ element }) =>
    (d) =>
      element("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, element("path", { d })),
);
