/**
 * Handraiser's chat on your website. One tag puts a bubble into the page:
 *
 *   <script src="https://chat.example.com/widget.js" data-script="crm-guide" defer></script>
 *
 * or, where you want it, the element:
 *
 *   <handraiser-chat script="crm-guide" mode="inline" language="de"></handraiser-chat>
 *
 * Attributes (on the script tag with `data-` before them): `script`, `mode` (bubble, inline, page), `server`
 * (default: where this file came from), `language`, `theme` (light, dark; default: the reader's), `label`.
 *
 * On the element, and on `window.Handraiser` for the page's first chat:
 *   open()  close()  toggle()  send(text)  restart()  on(event, listener) -> stop listening
 * Events, as `on("message", …)` or `addEventListener("handraiser:message", …)`; they bubble to the document:
 *   ready, opened, closed, message, answer, error
 *
 * This file is all that a page loads until its bubble is opened, and so it holds all that is needed until then: the
 * element, the launcher, the API. The PARTS below follow at the first opening. docs/widget.md says more.
 */
(() => {
  "use strict";

  const PARTS = "words styles memory links connection cards answers transcript composer speaker panel".split(" ");
  const tag = document.currentScript;

  /** What is said before widget-words.js is here. */
  const FIRST_WORDS = {
    en: { unread: "unread", offline: "No connection. Trying again…" },
    de: { unread: "ungelesen", offline: "Keine Verbindung. Neuer Versuch…" },
    es: { unread: "sin leer", offline: "Sin conexión. Reintentando…" },
    fr: { unread: "non lus", offline: "Pas de connexion. Nouvel essai…" },
  };

  const LAUNCHER_STYLES = `
    :host { all: initial; display: block; color-scheme: light dark; font-family: var(--handraiser-font, -apple-system,
      BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif);
      --accent: var(--handraiser-accent, #2450d8); --on-accent: var(--handraiser-on-accent, #fff);
      --offset: var(--handraiser-offset, 20px); }
    @supports (color: oklch(from red l c h)) {
      :host { --on-accent: var(--handraiser-on-accent,
        oklch(from var(--accent) clamp(0.16, (0.62 - l) * 1000, 1) 0 0)); }
    }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
    :host([hidden]) { display: none; }
    .launcher { position: fixed; z-index: var(--handraiser-layer, 2147483000); inset-block-end: max(var(--offset),
      env(safe-area-inset-bottom)); inset-inline-end: var(--offset); inline-size: 60px; block-size: 60px; margin: 0;
      padding: 0; border: 1px solid transparent; border-radius: 50%; background: var(--accent); color: var(--on-accent);
      cursor: pointer; display: grid; place-items: center; -webkit-tap-highlight-color: transparent;
      box-shadow: 0 1px 3px rgb(15 23 42 / .2), 0 10px 28px -6px rgb(15 23 42 / .4); transition: transform .2s ease,
      box-shadow .2s ease; }
    .launcher:hover { transform: translateY(-2px); box-shadow: 0 2px 5px rgb(15 23 42 / .2),
      0 16px 36px -8px rgb(15 23 42 / .5); }
    .launcher:active { transform: scale(.95); }
    .launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 3px Canvas; }
    .launcher svg { grid-area: 1 / 1; inline-size: 28px; block-size: 28px; fill: none; stroke: currentColor;
      stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; transition: transform .25s ease, opacity .2s; }
    .launcher[aria-expanded="false"] svg.closes, .launcher[aria-expanded="true"] svg.opens { opacity: 0;
      transform: rotate(-45deg) scale(.6); }
    .launcher[aria-busy="true"] svg { animation: breathe 1s ease-in-out infinite alternate; }
    .badge { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 22px;
      block-size: 22px; box-sizing: border-box; padding-inline: 6px; border-radius: 11px; background: #c81e3a;
      color: #fff; font-size: 12px; font-weight: 600; line-height: 22px; text-align: center; box-shadow: 0 0 0 2px #fff; }
    .badge:empty, .notice:empty { display: none; }
    .notice { margin: 16px; padding: 10px 14px; border-radius: 12px; background: #1c2333; color: #fff; font-size: 14px;
      line-height: 1.4; overflow-wrap: anywhere; cursor: pointer; }
    .launcher ~ .notice { position: fixed; z-index: var(--handraiser-layer, 2147483000); inset-block-end: calc(var(--offset) + 72px);
      inset-inline-end: var(--offset); max-inline-size: 260px; margin: 0; border-end-end-radius: 4px;
      box-shadow: 0 8px 24px -6px rgb(15 23 42 / .45); }
    @keyframes breathe { to { opacity: .45; } }
    @media (prefers-reduced-motion: reduce) {
      .launcher, .launcher svg { transition: none; animation: none !important; }
      .launcher:hover, .launcher:active { transform: none; }
    }`;

  /**
   * The folder a server's files and addresses hang under, from the address of its widget.js.
   * @param {string} address
   * @returns {string} without a slash at its end
   */
  function serverOf(address) {
    return new URL(".", address).href.replace(/\/$/, "");
  }

  const home = tag && tag.src ? serverOf(tag.src) : location.origin;

  /**
   * An element with attributes, listeners (`onclick`) and children. Texts become text, never markup.
   * @param {string} name
   * @param {Object<string, *>} [attributes] null, undefined and false are left out
   * @param {...(Node|string|null)} children
   * @returns {HTMLElement}
   */
  function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false)
        node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  /**
   * A line drawing on a 24 × 24 grid, hidden from screen readers.
   * @param {string} path
   * @param {string} [className]
   * @returns {SVGElement}
   */
  function icon(path, className = "") {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const line = document.createElementNS(space, "path");
    for (const [key, value] of [
      ["viewBox", "0 0 24 24"],
      ["aria-hidden", "true"],
      ["class", className],
    ]) {
      drawing.setAttribute(key, value);
    }
    line.setAttribute("d", path);
    drawing.append(line);
    return drawing;
  }

  /** Shared by every chat of the page. */
  const sheets = new Map();

  /**
   * Style a shadow root in a way that a Content-Security-Policy without inline styles allows.
   * @param {ShadowRoot} root
   * @param {string} css
   */
  function dress(root, css) {
    if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
      if (!sheets.has(css)) {
        sheets.set(css, new CSSStyleSheet());
        sheets.get(css).replaceSync(css);
      }
      root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, sheets.get(css)])];
    } else {
      root.append(element("style", { nonce: tag && tag.nonce }, css));
    }
  }

  /** The first of `wanted` (BCP 47 tags, best first) that `table` has words for. */
  function choose(table, wanted) {
    const known = wanted.filter(Boolean).map((one) => one.toLowerCase().split("-")[0]);
    return known.find((one) => one in table) || "en";
  }

  /** Under Trusted Types a script's address must come from a policy; pages may list it as `handraiser`. */
  const policy = (() => {
    try {
      return window.trustedTypes.createPolicy("handraiser", { createScriptURL: (address) => address });
    } catch {
      return { createScriptURL: (address) => address };
    }
  })();

  /**
   * Fetch one part; a failed one may be asked for again.
   * @param {string} name
   * @returns {Promise<void>}
   */
  function fetchPart(name) {
    requested[name] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const done = () => {
        script.remove();
        if (definitions[name]) return resolve();
        delete requested[name];
        return reject(new Error(`widget-${name}.js could not be loaded`));
      };
      script.addEventListener("load", done);
      script.addEventListener("error", done);
      script.nonce = (tag && tag.nonce) || "";
      // A version in this file's address (`widget.js?v=3`) holds for its parts too.
      const version = tag && tag.src ? new URL(tag.src).search : "";
      script.src = policy.createScriptURL(`${home}/widget-${name}.js${version}`);
      document.head.append(script);
    });
    return requested[name];
  }

  /** The chat of one script of one server. Its shadow root is open: style it by variables and parts. */
  class HandraiserChat extends HTMLElement {
    static observedAttributes = ["script", "server", "language", "mode", "label"];

    #panel = null;
    #loading = null;
    #launcher = null;
    #notice = null;
    #badge = null;
    /** Whether the visitor waits for it to open: only then is it worth a word that it cannot be loaded. */
    #asked = false;
    /** A new object for each time it is built, so that what was begun for an earlier one can tell. */
    #life = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      dress(this.shadowRoot, LAUNCHER_STYLES);
    }

    /** Base address of the server, without a slash at its end. */
    get server() {
      const given = this.getAttribute("server");
      return given ? new URL(given, location.href).href.replace(/\/$/, "") : home;
    }

    get script() {
      return this.getAttribute("script") || "";
    }

    get mode() {
      const mode = this.getAttribute("mode");
      return mode === "inline" || mode === "page" ? mode : "bubble";
    }

    /** Languages the reader would like, best first. */
    get languages() {
      return [this.getAttribute("language"), document.documentElement.lang, ...navigator.languages].filter(Boolean);
    }

    /** Whether the conversation is on screen. */
    get opened() {
      return this.#panel !== null && this.#panel.opened;
    }

    connectedCallback() {
      this.#build();
    }

    disconnectedCallback() {
      this.#tearDown();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#life || before === after) return;
      this.#tearDown();
      this.#build();
    }

    /** Show the conversation; the first time, this begins it. */
    open() {
      return this.#open(true);
    }

    /** Put the conversation away; it stays connected. */
    close() {
      if (this.#panel) this.#panel.close();
    }

    toggle() {
      return this.opened ? this.close() : this.open();
    }

    /** Say something in the visitor's name. */
    async send(text) {
      (await this.#load()).say(String(text));
    }

    /** Begin the script anew. */
    async restart() {
      (await this.#load()).restart();
    }

    /**
     * @param {"ready"|"opened"|"closed"|"message"|"answer"|"error"} event
     * @param {function(*): void} listener is given the event's detail
     * @returns {function(): void} stops listening
     */
    on(event, listener) {
      return listen(this, event, listener);
    }

    get #firstWords() {
      return FIRST_WORDS[choose(FIRST_WORDS, this.languages)];
    }

    #build() {
      this.#life = {};
      // For a pointer; the launcher itself does the same for everybody.
      this.#notice = element("div", { class: "notice", role: "status", dir: "auto", onclick: () => this.open() });
      this.shadowRoot.append(this.#notice);
      if (this.mode !== "bubble") {
        // A page of its own is there to be written in; a box in somebody's page waits its turn.
        this.#open(this.mode === "page");
        return;
      }
      this.#drawLauncher();
      this.#tell({ unread: Number(remembered("local", this, "unread")) || 0 });
      if (remembered("session", this, "open") === 1) this.#open(false);
      // An answer may come, and is to be noticed: the conversation goes on behind the closed bubble.
      else if (remembered("local", this, "awaited") > Date.now()) this.#load();
    }

    #tearDown() {
      this.#life = null;
      this.#loading = null;
      this.#launcher = null;
      this.#asked = false;
      if (this.#panel) this.#panel.stop();
      this.#panel = null;
      this.shadowRoot.replaceChildren(...this.shadowRoot.querySelectorAll("style"));
    }

    #drawLauncher() {
      this.#badge = element("span", { class: "badge", "aria-hidden": "true" });
      this.#launcher = element(
        "button",
        {
          type: "button",
          class: "launcher",
          part: "launcher",
          "aria-haspopup": "dialog",
          "aria-expanded": "false",
          "aria-controls": "panel",
          // A press is all but an opening: the parts may come while the finger lifts.
          onpointerdown: () => Promise.all(PARTS.map(fetchPart)).catch(() => {}),
          onclick: () => this.toggle(),
        },
        icon(
          "M20.5 11.6c0 4.2-3.8 7.6-8.5 7.6-1 0-2-.2-2.9-.5L4 20.5l1.4-3.9a7.1 7.1 0 0 1-1.9-5C3.5 7.4 7.3 4 12 4s8.5 3.4 8.5 7.6ZM8.5 12.7c.9 1 2.1 1.6 3.5 1.6s2.6-.6 3.5-1.6",
          "opens",
        ),
        icon("m6 9.5 6 6 6-6", "closes"),
        this.#badge,
      );
      this.shadowRoot.prepend(this.#launcher);
    }

    /** What the launcher shows of the conversation: whether it is open, how much was missed, what a person says. */
    #tell({ opened, unread, preview }) {
      if (!this.#launcher) return;
      if (preview !== undefined) this.#notice.textContent = preview;
      if (opened !== undefined) this.#launcher.setAttribute("aria-expanded", String(opened));
      if (unread === undefined) return;
      const name = this.getAttribute("label") || "Chat";
      this.#badge.textContent = unread ? String(Math.min(unread, 99)) : "";
      this.#launcher.setAttribute("aria-label", unread ? `${name}, ${unread} ${this.#firstWords.unread}` : name);
    }

    async #open(byHand) {
      this.#asked = true;
      if (this.#launcher && !this.#panel) this.#launcher.setAttribute("aria-busy", "true");
      const panel = await this.#load();
      panel.open(byHand);
    }

    /** The panel, loaded and connected on first use. Until its parts are here it tries again. */
    #load() {
      if (this.#panel) return Promise.resolve(this.#panel);
      this.#loading ||= this.#loadParts();
      return this.#loading;
    }

    async #loadParts() {
      const life = this.#life;
      for (let seconds = 1; ; seconds = Math.min(seconds * 2, 30)) {
        try {
          await Promise.all(PARTS.map(fetchPart));
          break;
        } catch (reason) {
          if (this.#asked) this.#notice.textContent = this.#firstWords.offline;
          this.#announce("error", { code: "not_loaded", message: reason.message });
          await waitOrOnline(seconds);
        }
        if (this.#life !== life) return new Promise(() => {});
      }
      assemble();
      if (this.#life !== life) return new Promise(() => {});
      this.#notice.textContent = "";
      if (this.#launcher) this.#launcher.removeAttribute("aria-busy");
      this.#panel = new parts.panel({
        chat: this,
        launcher: this.mode === "bubble" ? this.#launcher : null,
        announce: (event, detail) => this.#announce(event, detail),
        tell: (news) => this.#tell(news),
      });
      return this.#panel;
    }

    #announce(event, detail) {
      this.dispatchEvent(new CustomEvent(`handraiser:${event}`, { detail, bubbles: true, composed: true }));
    }
  }

  /** What an earlier page kept of this chat (widget-memory.js writes it); null where nothing is kept. */
  function remembered(storage, chat, name) {
    try {
      return JSON.parse(window[`${storage}Storage`].getItem(`handraiser:${chat.server}|${chat.script}:${name}`));
    } catch {
      return null;
    }
  }

  /** So many seconds, or less when the network comes back. */
  function waitOrOnline(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, seconds * 1000);
      function done() {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve();
      }
      addEventListener("online", done);
    });
  }

  function listen(target, event, listener) {
    const heard = (happened) => listener(happened.detail);
    target.addEventListener(`handraiser:${event}`, heard);
    return () => target.removeEventListener(`handraiser:${event}`, heard);
  }

  /** Put the bubble into the page that a script tag with `data-script` asks for. */
  function place(asking) {
    if (!asking || asking.dataset.script === undefined) return;
    const chat = document.createElement("handraiser-chat");
    for (const name of ["script", "server", "language", "mode", "theme", "label"]) {
      if (asking.dataset[name] !== undefined) chat.setAttribute(name, asking.dataset[name]);
    }
    // A second tag may ask another server than the one whose code already runs.
    if (!chat.hasAttribute("server") && asking.src) chat.setAttribute("server", serverOf(asking.src));
    if (document.body) document.body.append(chat);
    else document.addEventListener("DOMContentLoaded", () => document.body.append(chat));
  }

  if (window.Handraiser) {
    place(tag);
    return;
  }

  /** Once all are here, whatever the order they came in. */
  function assemble() {
    for (const name of PARTS) parts[name] ??= definitions[name](parts);
  }

  const requested = {};
  /** Name of a part to the function that makes it, given those before it. */
  const definitions = {};
  const parts = { element, icon, dress, choose };

  const first = () => document.querySelector("handraiser-chat");
  const onFirst =
    (method) =>
    (...given) => {
      const chat = first();
      if (!chat) throw new Error("There is no <handraiser-chat> in this page");
      return chat[method](...given);
    };
  window.Handraiser = Object.freeze({
    /** For the files in PARTS. */
    define: (name, make) => (definitions[name] ??= make),
    open: onFirst("open"),
    close: onFirst("close"),
    toggle: onFirst("toggle"),
    send: onFirst("send"),
    restart: onFirst("restart"),
    on: (event, listener) => listen(document, event, listener),
  });
  customElements.define("handraiser-chat", HandraiserChat);
  place(tag);
})();
