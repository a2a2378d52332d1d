/** The conversation on screen: header, transcript, the field to write in; what they show of the connection. */
"use strict";

window.Handraiser.define("panel", ({ element, icon, dress, choose, words, styles, memory: Memory, connection: Connection, transcript }) => {
  const { Transcript, face } = transcript;
  const BANNER_MILLISECONDS = 1500;
  const NEAR_PIXELS = 48;

  /** Kinds of input that a one-line field with the right keyboard serves better than a text area. */
  const LINES = {
    email: { type: "email", inputmode: "email", autocomplete: "email", autocapitalize: "none", spellcheck: "false" },
    tel: { type: "tel", inputmode: "tel", autocomplete: "tel" },
    url: { type: "url", inputmode: "url", autocomplete: "url", autocapitalize: "none", spellcheck: "false" },
    // Not type="number": "about fifty" is an answer too.
    number: { type: "text", inputmode: "numeric", autocomplete: "off" },
    decimal: { type: "text", inputmode: "decimal", autocomplete: "off" },
    text: { type: "text", inputmode: "text" },
  };

  class Panel {
    #timers = new Set();
    #unread = 0;
    #stuck = true;
    #scrolled = 0;

    /**
     * @param {Object} given
     * @param {HandraiserChat} given.chat
     * @param {HTMLElement|null} given.launcher the bubble, or null when the chat is part of the page
     * @param {function(string, *): void} given.announce
     * @param {function({opened?: boolean, unread?: number}): void} given.tell
     */
    constructor({ chat, launcher, announce, tell }) {
      this.chat = chat;
      this.launcher = launcher;
      this.announce = announce;
      this.tell = tell;
      this.opened = false;
      this.welcomed = false;
      this.language = choose(words, chat.languages);
      this.words = words[this.language];
      this.memory = new Memory(chat.server, chat.script);
      this.#draw();
      this.transcript = new Transcript({
        messages: this.messages,
        words: this.words,
        server: chat.server,
        say: (text, choice, step) => this.say(text, choice, step),
        asks: (message) => this.#adapt(message),
        skipWord: () => this.#scriptWords.skip,
        retry: (id) => this.connection.retry(id),
        shorten: (id, text) => this.#shorten(id, text),
        refocus: () => this.#focus(),
      });
      this.connection = new Connection(
        { server: chat.server, script: chat.script, languages: chat.languages, memory: this.memory, startOver: () => this.#scriptWords.startOver },
        this.#listener(),
      );
      this.#introduce(this.memory.script || {});
      this.connection.start();
    }

    // ------------------------------------------------------------------ what the element asks for

    /** @param {boolean} byHand whether the visitor asked for it: only then the focus moves */
    open(byHand) {
      if (this.opened) return;
      this.opened = true;
      this.frame.hidden = false;
      this.#unread = 0;
      this.tell({ opened: true, unread: 0 });
      if (this.launcher) {
        this.memory.open = true;
        this.#fit();
        this.panel.setAttribute("aria-modal", String(this.#wholeScreen.matches));
      }
      this.#toNewest(false);
      if (byHand) this.#focus();
      this.announce("opened", {});
    }

    close() {
      if (!this.opened || !this.launcher) return;
      const focused = this.panel.contains(this.panel.getRootNode().activeElement);
      this.opened = false;
      this.memory.open = false;
      this.frame.hidden = true;
      this.tell({ opened: false });
      if (focused) this.launcher.focus();
      this.announce("closed", {});
    }

    stop() {
      this.connection.stop();
      for (const timer of this.#timers) clearTimeout(timer);
      this.observer.disconnect();
      if (window.visualViewport) visualViewport.removeEventListener("resize", this.#fit);
    }

    say(text, choice, step) {
      this.#stuck = true;
      this.connection.say(text, choice, step);
    }

    restart() {
      this.connection.restart();
    }

    // ------------------------------------------------------------------ drawing

    #draw() {
      dress(this.chat.shadowRoot, styles);
      const w = this.words;
      this.heading = element("h2", { class: "who", id: "name" });
      this.subtitle = element("p", { class: "what", id: "title" });
      this.head = element("header", { class: "head", part: "header" }, element("div", { class: "names" }, this.heading, this.subtitle));
      if (this.launcher) {
        const close = { type: "button", class: "close", "aria-label": w.close, onclick: () => this.close() };
        this.head.append(element("button", close, icon("m6 6 12 12M18 6 6 18")));
      }
      this.banner = element("div", { class: "banner", role: "status", part: "banner" });
      this.messages = element("div", { class: "messages" });
      this.typing = element("div", { class: "typing", "aria-hidden": "true", hidden: true }, element("i"), element("i"), element("i"));
      this.waiting = element("div", { class: "skeleton", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
      this.log = element("div", { class: "log", part: "log", role: "log", "aria-live": "polite", "aria-label": w.conversation, tabindex: "0" }, this.waiting, this.messages, this.typing);
      this.news = element("button", { type: "button", class: "news", part: "news", hidden: true, onclick: () => this.#toNewest() }, w.news, icon("m7 10 5 5 5-5"));
      const again = element("button", { type: "button", class: "link", onclick: () => this.restart() }, w.startOver);
      this.ended = element("div", { class: "ended", hidden: true }, element("span", {}, w.ended), again);
      const role = this.launcher ? "dialog" : "region";
      this.panel = element(
        "section",
        { class: "panel", id: "panel", part: "panel", role, "aria-labelledby": "name title", tabindex: "-1", lang: this.language },
        this.head, this.banner, element("div", { class: "middle" }, this.log, this.news), this.ended, this.#composer(),
      );
      this.frame = element("div", { class: `frame ${this.chat.mode}`, hidden: true }, this.panel);
      this.chat.shadowRoot.append(this.frame);
      this.#listen();
    }

    #composer() {
      const w = this.words;
      const field = { id: "field", class: "field", part: "field", placeholder: w.placeholder, enterkeyhint: "send", dir: "auto" };
      const oninput = () => this.#typed();
      this.area = element("textarea", { ...field, rows: "1", autocomplete: "off", oninput });
      this.line = element("input", { ...field, oninput });
      this.field = this.area;
      this.area.value = this.memory.draft;
      this.sendButton = element("button", { type: "submit", class: "send", part: "send", "aria-label": w.send }, icon("M12 19V5m-6 6 6-6 6 6"));
      this.composer = element(
        "form",
        { class: "composer", part: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) },
        element("label", { class: "unseen", for: "field" }, w.message), this.field, this.sendButton,
      );
      return this.composer;
    }

    #listen() {
      this.log.addEventListener("scroll", () => this.#onScroll(), { passive: true });
      this.observer = new ResizeObserver(() => this.#stuck && this.#toNewest(false));
      this.observer.observe(this.log);
      this.observer.observe(this.messages);
      // Keys typed here are no shortcuts of the page around.
      for (const name of ["keydown", "keypress", "keyup"]) {
        this.panel.addEventListener(name, (event) => {
          if (name === "keydown") this.#onKey(event);
          event.stopPropagation();
        });
      }
      if (window.visualViewport) visualViewport.addEventListener("resize", this.#fit);
    }

    #onKey(event) {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape" && this.launcher) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && !event.shiftKey && event.target === this.area) {
        this.#submit(event);
      }
    }

    // ------------------------------------------------------------------ what the connection tells

    /** @returns {Listener} as widget-connection.js describes it */
    #listener() {
      return {
        state: (state) => this.#state(state),
        welcome: (script, frame) => this.#welcome(script, frame),
        message: (message, isNew) => this.#message(message, isNew),
        pending: (item) => {
          this.transcript.addPending(item);
          this.#toNewest();
        },
        progress: (id, state, code) => this.transcript.progress(id, state, code),
        saved: (item) => this.announce("answer", { id: item.id, text: item.text, choice: item.choice, step: item.step }),
        typing: (length) => this.#showTyping(length),
        status: (status) => (this.ended.hidden = status !== "ended"),
        reset: () => this.transcript.clear(),
        error: (error) => this.announce("error", error),
      };
    }

    #state(state) {
      clearTimeout(this.bannerTimer);
      const text = { connecting: this.words.connecting, unavailable: this.words.unavailable, online: "" }[state];
      const show = () => {
        this.banner.textContent = text ?? (navigator.onLine ? this.words.reconnecting : this.words.offline);
        this.banner.dataset.state = state;
      };
      // A connection that is back at once was not worth a word.
      if (state === "online" || state === "unavailable") show();
      else this.bannerTimer = this.#later(BANNER_MILLISECONDS, show);
      if (state !== "unavailable") return;
      this.waiting.hidden = true;
      this.field.disabled = this.sendButton.disabled = true;
    }

    #welcome(script, { conversation, status }) {
      this.#introduce(script);
      this.waiting.hidden = true;
      if (this.welcomed) return;
      this.welcomed = true;
      // What was read before is not read out again.
      const old = this.memory.seen(conversation) > 0;
      if (old) this.log.setAttribute("aria-live", "off");
      this.#later(500, () => this.log.setAttribute("aria-live", "polite"));
      this.announce("ready", { conversation, script, status });
    }

    /** Say who speaks, as soon as it is known: from memory at first, then from the server. */
    #introduce(script) {
      const persona = script.persona || {};
      const title = script.title || this.chat.getAttribute("label") || "Chat";
      this.heading.textContent = persona.name || title;
      this.subtitle.textContent = persona.name ? title : "";
      const shown = face(persona.name ? persona : { name: title }, this.chat.server);
      const before = this.head.querySelector(".face");
      if (before) before.replaceWith(shown);
      else this.head.prepend(shown);
      this.panel.dir = script.direction === "rtl" ? "rtl" : "ltr";
      this.heading.dir = this.subtitle.dir = "auto";
      this.transcript.language = script.language;
      this.transcript.persona = persona;
    }

    #message(message, isNew) {
      if (message.from !== "visitor") this.#hideTyping();
      this.transcript.add(message);
      if (isNew) this.announce("message", message);
      if (message.from === "visitor" || !isNew) return;
      if (!this.opened) this.tell({ unread: (this.#unread += 1) });
      if (this.#stuck) this.#toNewest();
      else this.news.hidden = false;
    }

    #showTyping(length) {
      clearTimeout(this.typingTimer);
      this.typing.hidden = false;
      if (this.#stuck) this.#toNewest();
      this.typingTimer = this.#later((Number(length) || 1) * 1000 + 4000, () => this.#hideTyping());
    }

    #hideTyping() {
      clearTimeout(this.typingTimer);
      this.typing.hidden = true;
    }

    // ------------------------------------------------------------------ writing

    #submit(event) {
      event.preventDefault();
      const text = this.field.value.trim();
      if (!text) return this.field.focus();
      this.field.value = "";
      this.#typed();
      this.say(text);
      return this.field.focus();
    }

    /** A reload keeps what is typed; the field grows with it. */
    #typed() {
      this.memory.draft = this.field.value;
      this.area.style.height = "auto";
      this.area.style.height = `${this.area.scrollHeight}px`;
    }

    #shorten(id, text) {
      this.connection.forget(id);
      this.field.value = text;
      this.#typed();
      this.field.focus();
    }

    /** Give the field the keyboard and the autofill that the question wants; what is typed stays. */
    #adapt(message) {
      const input = (message && message.input) || {};
      const kind = LINES[input.kind] && (input.kind !== "text" || input.autocomplete) ? input.kind : null;
      const wanted = kind ? this.line : this.area;
      if (kind) {
        for (const name of ["autocapitalize", "spellcheck", "autocomplete"]) this.line.removeAttribute(name);
        const attributes = { ...LINES[kind], ...(input.autocomplete ? { autocomplete: input.autocomplete } : {}) };
        for (const [name, value] of Object.entries(attributes)) this.line.setAttribute(name, value);
      }
      wanted.placeholder = input.placeholder || this.words.placeholder;
      if (wanted === this.field) return;
      const focused = this.field.getRootNode().activeElement === this.field;
      wanted.value = this.field.value;
      this.field.replaceWith(wanted);
      this.field = wanted;
      this.#typed();
      if (focused) wanted.focus({ preventScroll: true });
    }

    /** The words that the script itself understands, in its own language. */
    get #scriptWords() {
      const script = this.memory.script || {};
      return words[choose(words, [script.language, this.language])];
    }

    // ------------------------------------------------------------------ place and focus

    #wholeScreen = matchMedia("(max-width: 480px), (max-height: 500px)");

    /** Where a keyboard slides up at every focus, the field waits to be touched. */
    #focus() {
      if (matchMedia("(pointer: coarse)").matches) this.panel.focus({ preventScroll: true });
      else this.field.focus({ preventScroll: true });
    }

    /** On a phone the keyboard covers half the screen: fill what is left. A pinched zoom is no keyboard. */
    #fit = () => {
      const view = window.visualViewport;
      if (!view || view.scale > 1.05) return;
      this.frame.style.setProperty("--visible", `${view.height}px`);
      if (this.#stuck) this.#toNewest(false);
    };

    #onScroll() {
      const { scrollTop, scrollHeight, clientHeight } = this.log;
      const near = scrollHeight - clientHeight - scrollTop < NEAR_PIXELS;
      if (near) this.#stuck = true;
      else if (scrollTop < this.#scrolled - 1) this.#stuck = false;
      this.#scrolled = scrollTop;
      if (near) this.news.hidden = true;
    }

    #toNewest(smoothly = true) {
      this.#stuck = true;
      this.news.hidden = true;
      const calm = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.log.scrollTo({ top: this.log.scrollHeight, behavior: calm ? "instant" : "smooth" });
    }

    #later(milliseconds, then) {
      const timer = setTimeout(() => (this.#timers.delete(timer), then()), milliseconds);
      this.#timers.add(timer);
      return timer;
    }
  }

  return Panel;
});
