/**
 * Handraiser's chat on your website. One tag puts a bubble into the page:
 *
 *   <script src="https://chat.example.com/widget.js" data-script="crm-guide" defer></script>
 *
 * or, where you want it, the element:
 *
 *   <handraiser-chat script="crm-guide" mode="inline" language="de"></handraiser-chat>
 *
 * docs/widget.md says which attributes, calls and events there are. This file and the others of LAUNCHER (see
 * __main__.py) stand in one closure, and are all that a page waits for until its bubble is opened. Each of their
 * bytes is paid by every visitor of every page: what can wait stands in greeting.js or panel.js.
 */

/** What is said when nothing more can be loaded. */
const OFFLINE = { ar: "غير متصل", es: "Sin conexión", fr: "Hors ligne" };

/** The tag this runs from; a module is not told. */
const tag = document.currentScript || document.querySelector("[src$='/widget.js']");

/** The folder its server's files and addresses hang under, without a slash. */
const home = tag?.src ? new URL(".", tag.src).href.slice(0, -1) : location.origin;

/** Under Trusted Types our own addresses and markup must come from a policy; pages list it as `handraiser`. */
let policy = { createScriptURL: String, createHTML: String };
try {
  // Another tag of ours has made it, and does what there is to do.
  if (!window.Handraiser) policy = trustedTypes.createPolicy("handraiser", policy);
} catch {
  // A browser without them.
}

/** Shared by every chat of the page: css to its style sheet. */
const sheets = {};

/** Style a shadow root in a way that a Content-Security-Policy without inline styles allows. */
function dress(root, css) {
  try {
    if (!sheets[css]) (sheets[css] = new CSSStyleSheet()).replaceSync(css);
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, sheets[css]])];
  } catch {
    // Safari before 16.4 has only inline ones.
    root.append(Object.assign(document.createElement("style"), { textContent: css }));
  }
}

/** What storage did not take: for as long as the page lives. */
const own = {};

/** A value kept in `localStorage` or `sessionStorage`, or null. @param {"local"|"session"} area */
function recall(area, key) {
  try {
    return own[key] ?? JSON.parse(window[`${area}Storage`].getItem(key));
  } catch {
    return null;
  }
}

/** Of the reader's languages (BCP 47 tags, best first) the first that the chat speaks. */
const choose = (wanted) => `${wanted},en`.match(/\b(ar|de|en|es|fr|it|nl|pt)(?![^-,])/i)[0].toLowerCase();
