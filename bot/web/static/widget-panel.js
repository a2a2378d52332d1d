/** The conversation on screen: header, transcript, the field to write in; what they show of the connection. */
"use strict";

window.Handraiser.define("panel", (parts) => {
  const { element, icon, dress, choose, words: tables } = parts;
  const BANNER_MILLISECONDS = 1500;
  const RESTORED_MILLISECONDS = 500;
  /** How long the next pages listen for an answer, the chat open or not; while a person is there, and else. */
  const AWAITED_MINUTES = { talking: 24 * 60, other: 30 };
  const PREVIEW_CHARACTERS = 120;
  const NEAR_PIXELS = 48;

  class Panel {
    #timers = new Set();
    #state = "online";
    #welcomed = false;
    /** The message that asked last, for the field to suit. */
    #asked = null;
    /** Whether the newest message is kept in view; not while the reader has scrolled up. */
    #stuck = true;
    /** Whether the reader, rather than a new message, has moved the transcript last. */
    #byHand = false;
    #wholeScreen = matchMedia("(max-width: 480px), (max-height: 500px)");

    /**
     * @param {Object} given
     * @param {HandraiserChat} given.chat
     * @param {HTMLElement|null} given.launcher the bubble, or null when the chat is part of the page
     * @param {function(string, *): void} given.announce
     * @param {function({opened?: boolean, unread?: number, preview?: string}): void} given.tell
     */
    constructor({ chat, launcher, announce, tell }) {
      const { server, script, languages } = chat;
      this.chat = chat;
      this.launcher = launcher;
      this.announce = announce;
      this.tell = tell;
      this.opened = false;
      this.language = choose(tables, languages);
      const words = (this.words = tables[this.language]);
      const memory = (this.memory = new parts.memory(server, script));
      const say = (text, choice, step) => this.say(text, choice, step);
      this.cards = new parts.cards(server, words);
      this.composer = new parts.composer({ words, memory, say });
      const shown = () => this.#stuck && this.#toNewest();
      this.speaker = new parts.speaker({ words, cards: this.cards, say, refocus: () => this.#focus(), shown });
      this.answers = new parts.answers({
        words,
        say,
        asks: (message) => this.#suit((this.#asked = message)),
        skipWord: () => this.#scriptWords.skip,
        refocus: () => this.#focus(),
      });
      this.#draw();
      this.transcript = new parts.transcript({
        messages: this.messages,
        words,
        cards: this.cards,
        answers: this.answers,
        retry: (id) => this.connection.retry(id),
        shorten: (id, text) => this.#shorten(id, text),
      });
      const startOver = () => this.#scriptWords.startOver;
      this.connection = new parts.connection({ server, script, languages, memory, startOver }, this.#listener());
      this.#introduce(memory.script || {});
      this.connection.start();
    }

    // ------------------------------------------------------------------ what the element asks for

    /** @param {boolean} byHand whether the visitor asked for it: only then the focus moves */
    open(byHand) {
      if (this.opened) return;
      this.opened = true;
      this.frame.hidden = false;
      this.tell({ opened: true, unread: 0, preview: "" });
      if (this.launcher) {
        this.memory.unread = 0;
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
      this.speaker.stop();
      for (const timer of this.#timers) clearTimeout(timer);
      this.observer.disconnect();
      if (window.visualViewport) visualViewport.removeEventListener("resize", this.#fit);
    }

    say(text, choice, step) {
      this.#stuck = true;
      this.memory.await(AWAITED_MINUTES.other);
      this.connection.say(text, choice, step);
    }

    restart() {
      this.connection.restart();
    }

    // ------------------------------------------------------------------ drawing

    #draw() {
      const { words } = this;
      dress(this.chat.shadowRoot, parts.styles);
      this.banner = element("div", { class: "banner", role: "status", part: "banner" });
      this.panel = element(
        "section",
        {
          class: "panel",
          id: "panel",
          part: "panel",
          role: this.launcher ? "dialog" : "region",
          "aria-labelledby": "name title",
          tabindex: "-1",
          lang: this.language,
        },
        this.#drawHead(),
        this.banner,
        this.#drawMiddle(),
        (this.ended = element(
          "div",
          { class: "ended", hidden: true },
          element("span", {}, words.ended),
          element("button", { type: "button", class: "link", onclick: () => this.restart() }, words.startOver),
        )),
        this.speaker.line,
        this.composer.node,
      );
      this.frame = element("div", { class: `frame as-${this.chat.mode}`, hidden: true }, this.panel);
      this.chat.shadowRoot.append(this.frame);
      this.#listen();
    }

    #drawHead() {
      const close = { type: "button", class: "close", "aria-label": this.words.close, onclick: () => this.close() };
      const closes = this.launcher ? element("button", close, icon("m6 6 12 12M18 6 6 18")) : null;
      return element("div", { class: "head", part: "header" }, ...this.speaker.introduction, closes);
    }

    #drawMiddle() {
      const { words } = this;
      this.messages = element("div", { class: "messages" });
      const lines = [element("i"), element("i"), element("i")];
      this.skeleton = element("div", { class: "skeleton", "aria-hidden": "true" }, ...lines);
      const live = { role: "log", "aria-live": "polite", "aria-label": words.conversation };
      this.log = element(
        "div",
        { class: "log", part: "log", tabindex: "0", ...live },
        this.skeleton,
        this.messages,
        this.speaker.typing,
      );
      const newest = { type: "button", class: "news", part: "news", hidden: true, onclick: () => this.#toNewest() };
      this.news = element("button", newest, words.news, icon("m7 10 5 5 5-5"));
      return element("div", { class: "middle" }, this.log, this.news);
    }

    #listen() {
      this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
      this.observer = new ResizeObserver(() => this.#stuck && this.#toNewest(false));
      this.observer.observe(this.log);
      this.observer.observe(this.messages);
      for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
        const moved = ({ target }) => (this.#byHand ||= target !== this.composer.field);
        this.panel.addEventListener(name, moved, { passive: true });
      }
      this.panel.addEventListener("keydown", (event) => this.#onKey(event));
      // Keys typed here are no shortcuts of the page around.
      for (const name of ["keydown", "keypress", "keyup"]) {
        this.panel.addEventListener(name, (event) => event.stopPropagation());
      }
      if (window.visualViewport) visualViewport.addEventListener("resize", this.#fit);
    }

    #onKey(event) {
      // Enter and Escape while a word is being composed belong to the input method.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape" && this.launcher) {
        event.preventDefault();
        this.close();
      } else if (this.composer.sends(event)) {
        this.composer.submit(event);
      }
    }

    // ------------------------------------------------------------------ what the connection tells

    /** @returns {Listener} as widget-connection.js describes it */
    #listener() {
      return {
        state: (state) => this.#connected(state),
        welcome: (script, frame) => this.#welcome(script, frame),
        message: (message, isNew) => this.#message(message, isNew),
        pending: (item) => this.#pending(item),
        progress: (id, state, code) => this.transcript.progress(id, state, code),
        saved: ({ id, text, choice, step }) => this.announce("answer", { id, text, choice, step }),
        typing: (frame) => this.speaker.type(frame),
        status: (status) => this.#stand(status),
        reset: () => this.#reset(),
        error: (error) => this.announce("error", error),
      };
    }

    #connected(state) {
      const wasOnline = this.#state === "online";
      this.#state = state;
      if (state === "online" || state === "unavailable") {
        clearTimeout(this.bannerTimer);
        this.#showBanner();
      } else if (wasOnline) {
        // A connection that is back at once was not worth a word.
        this.bannerTimer = this.#later(BANNER_MILLISECONDS, () => this.#showBanner());
      }
      if (state !== "unavailable") return;
      this.skeleton.hidden = true;
      this.composer.disable();
    }

    #showBanner() {
      const { connecting, unavailable, reconnecting, offline } = this.words;
      const texts = { connecting, unavailable, online: "", offline: navigator.onLine ? reconnecting : offline };
      this.banner.textContent = texts[this.#state];
      this.banner.dataset.state = this.#state;
    }

    #welcome(script, { conversation, status }) {
      this.#introduce(script);
      this.skeleton.hidden = true;
      if (this.#welcomed) return;
      this.#welcomed = true;
      // What was read before is not read out again.
      if (this.memory.seen(conversation) > 0) this.log.setAttribute("aria-live", "off");
      this.#later(RESTORED_MILLISECONDS, () => this.log.setAttribute("aria-live", "polite"));
      this.announce("ready", { conversation, script, status });
    }

    /** Say who speaks, as soon as it is known: from memory at first, then from the server. */
    #introduce(script) {
      const persona = script.persona || {};
      this.speaker.introduce(persona, script.title || this.chat.getAttribute("label") || "Chat");
      this.panel.dir = script.direction === "rtl" ? "rtl" : "ltr";
      this.transcript.language = script.language;
      // Of British readers of an English script the British way to write dates.
      const [base] = String(script.language || "").split("-");
      this.cards.language = navigator.languages.find((one) => one.split("-")[0] === base) || script.language;
      this.transcript.persona = persona;
    }

    /** What the conversation is doing; it may have been doing it before. */
    #stand(status) {
      this.ended.hidden = status !== "ended";
      const wasTalking = this.speaker.talking;
      this.speaker.stand(status);
      const isTalking = this.speaker.talking;
      if (isTalking) this.memory.await(AWAITED_MINUTES.talking);
      if (isTalking === wasTalking) return;
      if (wasTalking) this.memory.await(AWAITED_MINUTES.other);
      this.#suit(this.#asked);
    }

    /** To a person anything can be written. */
    #suit(message) {
      this.composer.suit(this.speaker.talking ? null : message);
    }

    #reset() {
      this.transcript.clear();
      this.memory.unread = 0;
      this.#stand("");
    }

    #message(message, isNew) {
      this.speaker.hear(message);
      this.transcript.add(message);
      if (isNew) this.announce("message", message);
      if (message.from === "visitor" || !isNew) return;
      if (!this.opened) this.#miss(message);
      // A change of what was said pulls nobody away from where they read.
      if (message.revises) return;
      if (this.#stuck) this.#toNewest();
      else this.news.hidden = false;
    }

    /** Something came while the chat is closed: counted, and what a person says is shown beside the bubble. */
    #miss({ from, revises, text = "", persona }) {
      if (!revises) this.memory.unread += 1;
      const news = { unread: this.memory.unread };
      if (from === "rep") {
        const short = text.length > PREVIEW_CHARACTERS ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text;
        news.preview = text && `${(persona || {}).name || "?"}: ${short}`;
      }
      this.tell(news);
    }

    #pending(item) {
      this.transcript.addPending(item);
      this.#toNewest();
    }

    #shorten(id, text) {
      this.connection.forget(id);
      this.composer.put(text);
      this.composer.focus();
    }

    /** The words that the script itself understands, in its own language. */
    get #scriptWords() {
      const { language } = this.memory.script || {};
      return tables[choose(tables, [language, this.language])];
    }

    // ------------------------------------------------------------------ place and focus

    /** Where a keyboard slides up at every focus, the field waits to be touched. */
    #focus() {
      if (matchMedia("(pointer: coarse)").matches) this.panel.focus({ preventScroll: true });
      else this.composer.focus();
    }

    /** On a phone the keyboard covers half the screen: fill what is left. A pinched zoom is no keyboard. */
    #fit = () => {
      const view = window.visualViewport;
      if (!view || view.scale > 1.05) return;
      this.frame.style.setProperty("--visible", `${view.height}px`);
      if (this.#stuck) this.#toNewest(false);
    };

    #scrolled() {
      const { scrollTop, scrollHeight, clientHeight } = this.log;
      const near = scrollHeight - clientHeight - scrollTop < NEAR_PIXELS;
      if (near || this.#byHand) this.#stuck = near;
      if (near) this.news.hidden = true;
    }

    #toNewest(smoothly = true) {
      this.#stuck = true;
      this.#byHand = false;
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
