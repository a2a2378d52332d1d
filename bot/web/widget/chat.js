/** The element of a chat: its bubble, what can be asked of it, and the way to the rest. */

const tagName = "handraiser-chat";

/** The chat of one script of one server. Its shadow root is open: style it by variables and parts. */
class HandraiserChat extends HTMLElement {
  static observedAttributes = ["script", "server", "language", "mode", "label"];

  /** What parts and pages want the server to know with each hello: `fields`, `data`, `touch` and the like. */
  extras = {};
  /** Its panel, and the promise of it: a new object for each time it is built, `over` once it is taken down. */
  #life;

  /** Base address of the server, without a slash at its end. */
  get server() {
    return new URL(this.getAttribute("server") || home, location).href.replace(/\/$/, "");
  }

  get script() {
    return this.getAttribute("script") || "";
  }

  get mode() {
    const mode = this.getAttribute("mode");
    return /^(inline|page|popup)$/.test(mode) ? mode : "bubble";
  }

  // Frameworks set a property where there is one, instead of the attribute.
  set server(to) {
    this.setAttribute("server", to ?? "");
  }

  set script(to) {
    this.setAttribute("script", to ?? "");
  }

  set mode(to) {
    this.setAttribute("mode", to ?? "");
  }

  /** Languages the reader would like, best first; the one they have chosen in the chat before all. */
  get languages() {
    return [this.recall("language"), this.getAttribute("language"), document.documentElement.lang, ...navigator.languages].filter(Boolean);
  }

  /** Whether the conversation is on screen. */
  get opened() {
    return !!this.#life?.panel?.opened;
  }

  /** Name of what the browser keeps of this chat; memory.js says what there is. */
  key(name) {
    return `handraiser:${this.server}|${this.script}:${name}`;
  }

  recall(name) {
    const key = this.key(name);
    return recall("session", key) ?? recall("local", key);
  }

  attributeChangedCallback(name, before, after) {
    if (this.#life && before !== after) this.rebuild();
  }

  /** Show the conversation; the first time, this begins it. @param {boolean} byHand whether the focus may move */
  async open(byHand = true) {
    if (!this.#life.panel && this.launcher) this.launcher.ariaBusy = true;
    (await this.load()).open(byHand);
  }

  /** Put the conversation away; it stays connected. */
  close() {
    this.#life?.panel?.close();
  }

  toggle() {
    return this.opened ? this.close() : this.open();
  }

  /**
   * @param {string} event ready, opened, closed, message, answer, error, or what a part announces
   * @param {function(*): void} listener is given the event's detail
   * @returns {function(): void} stops listening
   */
  on(event, listener) {
    return listen(this, event, listener);
  }

  /** Tell the page that something has happened. */
  announce(event, detail) {
    this.dispatchEvent(new CustomEvent(`handraiser:${event}`, { detail, bubbles: true, composed: true }));
  }

  /** The panel, loaded on first use. Until it is here it tries again. */
  load() {
    return (this.#life.loading ??= this.#load(this.#life));
  }

  destroy() {
    this.remove();
  }

  /** Begin again with what is set and kept by now. */
  rebuild() {
    this.disconnectedCallback();
    this.connectedCallback();
  }

  connectedCallback() {
    const life = (this.#life = {});
    // A pop-up is a bubble that nobody sees.
    const isBubble = !/inline|page/.test(this.mode);
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    root.innerHTML = policy.createHTML(
      (isBubble
        ? '<button class=launcher part=launcher aria-haspopup=dialog aria-expanded=false aria-controls=panel><svg viewBox="0 0 24 24"><path d="m4 20 1-4a8 8 0 1 1 3 3Zm5-7a4 4 0 0 0 6 0"/></svg><span class=badge></button>'
        : "") + "<div class=notice role=status>",
    );
    this.notice = root.lastChild;
    dress(root, "css:launcher.css");
    (window.requestIdleCallback || setTimeout)(
      async () => (await need("greeting")).introduce(this, life),
      // A page that is never idle is not waited for.
      { timeout: 2000 },
    );
    // A page of its own is there to be written in; a box in somebody's page waits its turn.
    if (!isBubble) return this.open(this.mode === "page");
    const launcher = (this.launcher = root.firstChild);
    const unread = this.recall("unread") || "";
    launcher.lastChild.textContent = unread;
    launcher.ariaLabel = (this.getAttribute("label") || "Chat") + (unread && ` ${unread}`);
    // A press is all but an opening: the panel may come while the finger lifts.
    launcher.onpointerdown = () => this.#need();
    // The second press of a double click undoes nothing.
    launcher.onclick = ({ detail }) => detail > 1 || this.toggle();
    if (this.recall("open")) this.open(false);
    // An answer may come, and is to be noticed: the conversation goes on behind the closed bubble.
    else if (this.recall("awaited") > Date.now()) this.load();
  }

  disconnectedCallback() {
    this.stopAttract?.();
    this.#life.panel?.stop();
    this.#life.over = true;
    this.stopAttract = this.tell = this.launcher = this.#life = null;
  }

  /** What shows the conversation, with the words of the reader's language: in one file, unless another came before. */
  async #need() {
    const language = choose(this.languages);
    const Panel = await need("panel", `core-${language}`, () => {
      this.notice.textContent = OFFLINE[language] || "Offline";
      this.announce("error", { code: "not_loaded" });
    });
    await need(`words-${language}`);
    return Panel;
  }

  async #load(life) {
    const panel = this.#need();
    // Hello is said while the panel is under way.
    const greeting = need("greeting").then(({ greet }) => greet(this, panel));
    const Panel = await panel;
    if (life.over) return new Promise(() => {});
    this.notice.textContent = "";
    return (life.panel = new Panel(this, greeting));
  }
}

function listen(target, event, listener) {
  const heard = ({ detail }) => listener(detail);
  target.addEventListener((event = `handraiser:${event}`), heard);
  return () => target.removeEventListener(event, heard);
}

/** Put the bubble that a script tag with `data-script` asks for beside the page's body, which pages may replace or bend. */
function place({ dataset }) {
  if (dataset.script === undefined) return;
  const chat = document.createElement(tagName);
  // Another tag's code may run already, from another server.
  for (const [name, value] of Object.entries({ server: home, ...dataset })) chat.setAttribute(name, value);
  const page = document.documentElement;
  // A tag may be there twice, or run again each time the page changes.
  const stand = () => [...page.children].some((one) => one.key?.() === chat.key()) || page.append(chat);
  if (document.body) stand();
  else addEventListener("DOMContentLoaded", stand);
}

if (!window.Handraiser) {
  const api = {
    /** For parts: `define("NAME", (parts) => …)`. What is defined once stays. */
    define(name, make) {
      parts[name] ??= make(parts);
    },
    on: (event, listener) => listen(document, event, listener),
    /** The page reports something its visitor did: one of the `page_acts` of its chats' scripts. */
    act: (name) => need("attract").then(({ act }) => act(name)),
    /** The chat of this name, or that a CSS selector finds; the first. */
    chat: (which = tagName) =>
      document.querySelector(`${tagName}[name="${CSS.escape(which)}"]`) || document.querySelector(which),
  };
  for (const name of "open close toggle send restart set data identify start reset destroy".split(" ")) {
    // What is not known here comes with greeting.js.
    HandraiserChat.prototype[name] ??= async function (...given) {
      await need("greeting");
      return this[name](...given);
    };
    api[name] ??= (...given) => api.chat()[name](...given);
  }
  // Links and buttons anywhere in the page open the chat, also those that stand in somebody's shadow.
  addEventListener("click", (event) => {
    if (!event.composedPath()[0].closest?.("[href='#handraiser'],[data-handraiser-open]")) return;
    event.preventDefault();
    api.chat()?.open();
  });
  window.Handraiser = api;
  customElements.define(tagName, HandraiserChat);
}
if (tag) place(tag);
