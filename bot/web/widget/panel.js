/** The conversation on screen until its first message: header, transcript, field. talk.js brings it to life. */
"use strict";

window.Handraiser.define("panel", (parts) => {
  const { element, icon, dress, choose } = parts;
  const CONNECTING_MILLISECONDS = 1500;
  /** The first message is painted before more is asked for. */
  const PAINT_MILLISECONDS = 30;
  const RESTORED_MILLISECONDS = 500;

  class Panel {
    opened = false;
    stopped = false;
    /** The message that asked last, for the field to suit. */
    asked = null;
    /** Set by talk.js once it is here. */
    talk = null;
    /** The person of ours who talks with the visitor; null while the bot does. */
    present = null;
    /** Which files the server takes, once it has said so. */
    uploads = null;
    #drawn = "";
    #timers = new Set();
    #welcomed = false;
    /** Shown before talk.js was here, and new to this browser. */
    news = [];

    /** Keep what a server says to hello, before another tab asks too. */
    static keep(chat, answer) {
      if (answer.token) new parts.memory(chat).welcome(answer);
    }

    /**
     * @param {HandraiserChat} chat
     * @param {Promise<Object|null>} greeting the server's answer to hello, if one came
     */
    constructor(chat, greeting) {
      this.chat = chat;
      /** The bubble; undefined when the chat is part of the page. */
      this.launcher = chat.launcher;
      this.language = choose(chat.languages);
      const words = (this.words = parts[`words-${this.language}`]);
      const memory = (this.memory = new parts.memory(chat));
      const say = (...said) => this.say(...said);
      this.faces = new parts.faces(chat.server);
      this.composer = new parts.composer(words, memory, say);
      this.answers = new parts.answers({
        words,
        say,
        asks: (message) => this.suit((this.asked = message)),
        refocus: () => this.focus(),
      });
      this.hearing = new parts.hearing(
        memory,
        (message, isNew) => this.#show(message, isNew),
        () => this.#reset(),
      );
      this.#draw();
      this.transcript = new parts.transcript(this);
      this.introduce(memory.script || {});
      this.#begin(greeting);
    }

    async #begin(greeting) {
      const slow = this.later(CONNECTING_MILLISECONDS, () => (this.banner.textContent = this.words.connecting));
      const answer = await greeting;
      clearTimeout(slow);
      if (this.stopped) return;
      if (answer?.token) {
        this.welcome(answer);
        this.hearing.receive(answer.messages);
      }
      await new Promise((resolve) => this.later(PAINT_MILLISECONDS, resolve));
      const Talk = await parts.needTalk();
      if (this.stopped) return;
      this.talk = new Talk(this);
      this.talk.start(answer);
    }

    // ------------------------------------------------------------------ what the element asks for

    /** @param {boolean} byHand whether the visitor asked for it: only then the focus moves */
    open(byHand) {
      if (this.opened) return;
      this.opened = true;
      this.frame.hidden = false;
      const { launcher, memory } = this;
      if (launcher) {
        launcher.ariaExpanded = true;
        launcher.ariaBusy = null;
        memory.open = 1;
        this.panel.ariaModal = matchMedia("(max-width: 480px), (max-height: 500px)").matches;
        this.talk?.opened();
      }
      this.log.scrollTop = this.log.scrollHeight;
      if (byHand) this.focus();
      this.chat.announce("opened", {});
    }

    close() {
      if (!this.opened || !this.launcher) return;
      const focused = this.panel.contains(this.panel.getRootNode().activeElement);
      this.opened = false;
      this.memory.open = null;
      this.frame.hidden = true;
      this.launcher.ariaExpanded = false;
      if (focused) this.launcher.focus();
      this.chat.announce("closed", {});
    }

    stop() {
      this.stopped = true;
      this.talk?.stop();
      for (const timer of this.#timers) clearTimeout(timer);
    }

    /**
     * Say something: kept until the server has it, and sent as soon as there is a connection.
     * @param {string} text
     * @param {string} [choice] key of a pressed button, and the step it belongs to
     * @param {string} [step]
     * @param {Object} [more] what else goes with it, such as the id of a `file`
     */
    say(text, choice, step, more) {
      const item = this.memory.say({ text, choice, step, ...more });
      this.answers.close();
      if (this.talk) this.talk.say(item);
      // It is shown, and sent, as soon as talk.js is here.
      else this.banner.textContent = this.words.connecting;
    }

    /** Say something in the visitor's name, as a page may ask. */
    send(text) {
      if (String(text).trim()) this.say(String(text));
    }

    restart() {
      this.say(this.words.startOver, "restart");
    }

    // ------------------------------------------------------------------ drawing

    #draw() {
      const { words, launcher, chat } = this;
      dress(chat.shadowRoot, "css:core.css");
      const close = { type: "button", class: "close", "aria-label": words.close, onclick: () => this.close() };
      const live = { role: "log", "aria-live": "polite", "aria-label": words.conversation };
      const panel = {
        class: "panel",
        id: "panel",
        part: "panel",
        role: launcher ? "dialog" : "region",
        "aria-labelledby": "name title",
        tabindex: -1,
        lang: this.language,
      };
      this.face = element("span");
      this.heading = element("h2", { class: "who", id: "name", dir: "auto" });
      this.subtitle = element("p", { class: "what", id: "title", dir: "auto" });
      this.head = element(
        "div",
        { class: "head", part: "header" },
        this.face,
        element("div", { class: "names" }, this.heading, this.subtitle),
        launcher ? element("button", close, icon("m6 6 12 12M18 6 6 18")) : null,
      );
      this.banner = element("div", { class: "banner", role: "status", part: "banner" });
      this.skeleton = element("div", { class: "skeleton", "aria-hidden": true });
      this.messages = element("div", { class: "messages" });
      this.log = element("div", { class: "log", part: "log", tabindex: 0, ...live }, this.skeleton, this.messages);
      this.panel = element("section", panel, this.head, this.banner, this.log, this.composer.node);
      this.frame = element("div", { class: `frame as-${chat.mode}`, hidden: true }, this.panel);
      chat.shadowRoot.append(this.frame);
      if (chat.mode === "popup") parts.need("popup").then((hold) => hold(this));
      launcher?.setAttribute("aria-controls", "panel");
      this.#listen();
    }

    #listen() {
      // Keys typed here are no shortcuts of the page around.
      for (const name of ["keydown", "keypress", "keyup"]) {
        this.panel.addEventListener(name, (event) => {
          event.stopPropagation();
          if (name === "keydown") this.#onKey(event);
        });
      }
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

    // ------------------------------------------------------------------ what is heard

    /** The server has let the visitor in. */
    welcome({ conversation, status, script, uploads, parts: along }) {
      this.uploads = uploads;
      parts.along ??= along;
      this.hearing.begin(conversation);
      this.introduce(script || this.memory.script || {});
      this.skeleton.hidden = true;
      if (this.#welcomed) return;
      this.#welcomed = true;
      // What was read before is not read out again.
      if (this.memory.seen(conversation)) this.log.ariaLive = "off";
      this.later(RESTORED_MILLISECONDS, () => (this.log.ariaLive = "polite"));
      this.chat.announce("ready", { conversation, script: this.memory.script, status });
    }

    /** Say who speaks, as soon as it is known: from memory at first, then from the server. */
    introduce({ persona = {}, title, direction, language }) {
      this.panel.dir = direction === "rtl" || this.language === "ar" ? "rtl" : "ltr";
      this.transcript.language = language;
      // Of British readers of an English script the British way to write dates.
      const isOf = (one) => one.split("-")[0] === String(language).split("-")[0];
      this.transcript.locale = navigator.languages.find(isOf) || language;
      this.transcript.persona = persona;
      const label = title || this.chat.getAttribute("label") || "Chat";
      const who = this.present || persona;
      const name = who.name || label;
      const { picture } = who;
      const drawn = JSON.stringify([name, picture, label, this.present]);
      // A face that is drawn again is loaded again: only when it has changed.
      if (this.#drawn === drawn) return;
      this.#drawn = drawn;
      this.heading.textContent = name;
      this.subtitle.textContent = name === label ? "" : label;
      const face = this.faces.face({ name, picture });
      face.classList.toggle("here", !!this.present);
      this.face.replaceWith(face);
      this.face = face;
    }

    #show(message, isNew) {
      this.transcript.add(message);
      if (isNew) this.chat.announce("message", message);
      if (this.talk) this.talk.hear(message, isNew);
      else this.news.push([message, isNew]);
    }

    #reset() {
      this.transcript.clear();
      this.talk?.reset();
    }

    /** Make the field suit the question that stands; fields.js does more. */
    suit(message) {
      if (this.talk) this.talk.suit(message);
      else this.composer.field.placeholder = message?.input?.placeholder || this.words.placeholder;
    }

    // ------------------------------------------------------------------ place and focus

    /** Where a keyboard slides up at every focus, the field waits to be touched. */
    focus() {
      if (matchMedia("(pointer: coarse)").matches) this.panel.focus({ preventScroll: true });
      else this.composer.focus();
    }

    later(milliseconds, then) {
      const timer = setTimeout(() => (this.#timers.delete(timer), then()), milliseconds);
      this.#timers.add(timer);
      return timer;
    }
  }

  return Panel;
});
