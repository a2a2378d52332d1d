/** The demo page: lists the scripts of this server, and opens them in the corner. */
(() => {
  "use strict";

  const LANGUAGE = document.documentElement.lang;
  const list = document.getElementById("scripts");

  /** Put a script into the bubble and open it. */
  function openInCorner(name) {
    const chat = document.querySelector("handraiser-chat");
    if (name && chat.getAttribute("script") !== name) chat.setAttribute("script", name);
    document.getElementById("snippet-script").textContent = chat.getAttribute("script");
    chat.open();
  }

  function make(name, attributes, ...children) {
    const node = Object.assign(document.createElement(name), attributes);
    node.append(...children);
    return node;
  }

  /** @param {{name: string, title: string, description: string, language: string, languages: string[]}} script */
  function card(script) {
    // Where the script speaks it, its title came in the language of this page.
    const lang = script.languages.includes(LANGUAGE) ? LANGUAGE : script.language;
    const open = make("button", { type: "button", className: "button small" }, "Open in the corner");
    open.addEventListener("click", () => openInCorner(script.name));
    const page = make(
      "a",
      { className: "button small plain", href: `chat/${encodeURIComponent(script.name)}` },
      "Full page",
    );
    for (const [link, verb] of [
      [open, "in the corner"],
      [page, "on a page of its own"],
    ]) {
      link.setAttribute("aria-label", `${link.textContent}: ${script.title} ${verb}`);
    }
    const title = make("h3", { lang, dir: "auto" }, script.title);
    const language = make("span", { className: "language" }, script.languages.map(languageName).join(", "));
    const about = make("p", { lang, dir: "auto" }, script.description || "");
    return make("li", { className: "script" }, language, title, about, make("div", { className: "row" }, open, page));
  }

  function languageName(code) {
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(code);
    } catch {
      return code;
    }
  }

  async function listScripts() {
    try {
      const answer = await (await fetch(`api/v1/scripts?language=${LANGUAGE}`)).json();
      if (answer.scripts.length) list.replaceChildren(...answer.scripts.map(card));
    } catch {
      // The one the page came with stays.
    }
  }

  for (const button of document.querySelectorAll("[data-open]")) button.addEventListener("click", () => openInCorner());
  listScripts();
})();
