/** The conversation on screen until its first message: header, transcript, field. talk.js brings it to life. */
"use strict";

window.Handraiser.define("panel", (parts) => {
  const { element, icon, dress, choose } = parts;
  const CONNECTING_MILLISECONDS = 1500;
  /** The first message is painted before more is asked for. */
  const PAINT_MILLISECONDS = 30;
  const RESTORED_MILLISECONDS = 500;

  class Panel {
    /** On screen; and taken away for good. */
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
    #drawn;
    #welcomed;
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
      this.words = parts[`words-${this.language}`];
      this.memory = new parts.memory(chat);
      this.faces = new parts.faces(chat.server);
      this.composer = new parts.composer(this);
      this.answers = new parts.answers(this);
      this.hearing = new parts.hearing(this);
      this.#draw();
      this.transcript = new parts.transcript(this);
      this.introduce(this.memory.script || {});
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
      const { launcher, log } = this;
      if (launcher) {
        launcher.ariaExpanded = true;
        launcher.ariaBusy = null;
        this.memory.open = 1;
        this.panel.ariaModal = matchMedia("(max-width:480px),(max-height:500px)").matches;
        this.talk?.opened();
      }
      log.scrollTop = log.scrollHeight;
      if (byHand) this.focus();
      this.chat.announce("opened", {});
    }

    close() {
      const { launcher, frame } = this;
      if (!this.opened || !launcher) return;
      const focused = frame.matches(":focus-within");
      this.opened = false;
      this.memory.open = null;
      frame.hidden = true;
      launcher.ariaExpanded = false;
      if (focused) launcher.focus();
      this.chat.announce("closed", {});
    }

    stop() {
      this.stopped = true;
      this.talk?.stop();
    }

    /**
     * Say something: kept until the server has it, and sent as soon as there is a connection.
     * @param {string} text
     * @param {string} [choice] key of a pressed button, and the step it belongs to
     * @param {string} [step]
     * @param {Object} [more] what else goes with it, such as the id of a `file`
     */
    say = (text, choice, step, more) => {
      const item = this.memory.say({ text, choice, step, ...more });
      this.answers.close();
      if (this.talk) this.talk.say(item);
      // It is shown, and sent, as soon as talk.js is here.
      else this.banner.textContent = this.words.connecting;
    };

    /** Say something in the visitor's name, as a page may ask. */
    send(text) {
      if (String(text).trim()) this.say(String(text));
    }

    restart() {
      this.say(this.words.startOver, "restart");
    }

    // ------------------------------------------------------------------ drawing

    #draw() {
      const { words, launcher, chat, composer } = this;
      const { shadowRoot, mode } = chat;
      dress(shadowRoot, "css:core.css");
      this.face = element("span");
      this.heading = element("h2", { id: "name", dir: "auto" });
      this.subtitle = element("p", { id: "title", dir: "auto" });
      const onclick = () => this.close();
      this.head = element(
        "div",
        { class: "header" },
        this.face,
        element("div", { class: "names" }, this.heading, this.subtitle),
        launcher && element("button", { class: "close", "aria-label": words.close, onclick }, icon("m6 6 12 12M18 6 6 18")),
      );
      this.banner = element("div", { class: "banner", role: "status" });
      this.messages = element("div", { class: "messages" });
      this.log = element(
        "div",
        { class: "log", tabindex: 0, role: "log", "aria-live": "polite", "aria-label": words.conversation },
        this.messages,
      );
      // Keys typed here are no shortcuts of the page around.
      const keep = (event) => event.stopPropagation();
      this.panel = element(
        "section",
        {
          class: "panel",
          id: "panel",
          role: launcher ? "dialog" : "region",
          "aria-labelledby": "name title",
          tabindex: -1,
          lang: this.language,
          onkeydown: (event) => this.#onKey(event),
          onkeypress: keep,
          onkeyup: keep,
        },
        this.head,
        this.banner,
        this.log,
        composer.node,
      );
      this.frame = element("div", { class: `frame as-${mode}`, hidden: true }, this.panel);
      shadowRoot.append(this.frame);
      if (mode === "popup") parts.need("popup").then((hold) => hold(this));
    }

    #onKey(event) {
      const { key, shiftKey, target } = event;
      event.stopPropagation();
      // Keys of an input method, such as the Enter that ends a composed word, have this code.
      if (event.keyCode === 229) return;
      if (key === "Escape" && this.launcher) {
        event.preventDefault();
        this.close();
      } else if (key === "Enter" && !shiftKey && target === this.composer.area) {
        // With shift it begins a line.
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
      if (this.#welcomed) return;
      this.#welcomed = true;
      // What was read before is not read out again.
      if (this.memory.seenOf(conversation)) this.log.ariaLive = "off";
      this.later(RESTORED_MILLISECONDS, () => (this.log.ariaLive = "polite"));
      this.chat.announce("ready", { conversation, script: this.memory.script, status });
    }

    /** Say who speaks, as soon as it is known: from memory at first, then from the server. */
    introduce({ persona = {}, title, direction, language }) {
      this.panel.dir = direction === "rtl" || this.language === "ar" ? "rtl" : "ltr";
      this.transcript.language = language;
      // Of British readers of an English script the British way to write dates.
      const family = (one) => `${one}`.split("-")[0];
      this.transcript.locale = navigator.languages.find((one) => family(one) === family(language)) || language;
      this.transcript.persona = persona;
      const label = title || this.chat.getAttribute("label") || "Chat";
      const who = this.present || persona;
      const name = who.name || label;
      const { picture } = who;
      const drawn = `${[name, picture, label, this.present]}`;
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

    /** A message in its turn, and whether it is new to this browser. */
    show(message, isNew) {
      this.transcript.add(message);
      if (isNew) this.chat.announce("message", message);
      if (this.talk) this.talk.hear(message, isNew);
      else this.news.push([message, isNew]);
    }

    /** Another conversation begins. */
    reset() {
      this.transcript.clear();
      this.talk?.reset();
    }

    /** Let the field suit the message that asks, once talk.js is here. */
    suit(message) {
      this.asked = message;
      this.talk?.suit(message);
    }

    // ------------------------------------------------------------------ place and focus

    /** Where a keyboard slides up at every focus, the field waits to be touched. */
    focus() {
      if (matchMedia("(pointer: coarse)").matches) this.panel.focus({ preventScroll: true });
      else this.composer.focus();
    }

    later(milliseconds, then) {
      return setTimeout(() => this.stopped || then(), milliseconds);
    }
  }

  return Panel;
});
