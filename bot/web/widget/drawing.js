/** Nodes and line drawings. All texts become text, never markup. */
"use strict";

/**
 * An element with attributes, listeners (`onclick`) and children; `element(name, attributes, …children)`.
 * Attributes that are null, undefined or false are left out, and so are children that are null or undefined.
 */
window.Handraiser.define("element", () => (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key] ?? false;
    if (typeof value === "function") node[key] = value;
    else if (value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
});

/** A line drawing on a 24 × 24 grid, hidden from screen readers; `icon(path)`. */
window.Handraiser.define("icon", () => (path) => {
  const drawn = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    return node;
  };
  const drawing = drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": true });
  drawing.append(drawn("path", { d: path }));
  return drawing;
});
