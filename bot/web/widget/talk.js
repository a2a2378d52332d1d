/** Brings the conversation on screen to life, once its first message is there: connects, sends, shows how it is doing. */
"use strict";

window.Handraiser.define("talk", (parts) => {
  const { element, dress } = parts;
  const BANNER_MILLISECONDS = 1500;
  /** How long the next pages listen for an answer, the chat open or not; while a person is there, and else. */
  const AWAITED_MINUTES = { talking: 24 * 60, other: 30 };
  /** A bot may be a little late; a person who has stopped has stopped. */
  const BOT_GRACE_SECONDS = 4;
  const TYPING_MOST_SECONDS = 60;
  /** Kinds of input that have a part of their own, which stands above the field. */
  const INPUTS = { file: "upload", tel: "phone" };

  class Talk {
    #state = "online";
    #status = "";
    #typing = null;
    #page = null;

    /** @param {Panel} panel */
    constructor(panel) {
      this.panel = panel;
      const { chat, memory, words, transcript, answers } = panel;
      this.memory = memory;
      this.#draw();
      transcript.outgoing = new parts.outgoing(transcript, {
        words,
        answers,
        retry: (id) => this.connection.retry(id),
        shorten: (id, text) => this.#shorten(id, text),
      });
      const { hearing } = panel;
      this.person = new parts.person.Person(panel);
      this.scrolling = new parts.scrolling(panel);
      this.missing = panel.launcher && new parts.missing(panel);
      this.connection = new parts.connection({ chat, memory, hearing, words }, this.#listener());
    }

    /** @param {Object|null} greeting what the server has said already */
    start(greeting) {
      const { chat } = this.panel;
      chat.tell = (more) => this.#needPage((page) => page.tell(more));
      if (greeting?.token) this.#told(greeting);
      this.suit(this.panel.asked);
      for (const [message, isNew] of this.panel.news.splice(0)) this.hear(message, isNew);
      if (greeting?.status) this.#stand(greeting.status);
      this.connection.start(greeting);
    }

    stop() {
      this.connection.stop();
      this.scrolling.stop();
    }

    /** The conversation is on screen. */
    opened() {
      this.missing.count = 0;
      this.scrolling.fit();
    }

    say(item) {
      this.scrolling.toNewest();
      this.memory.await(AWAITED_MINUTES.other);
      this.connection.say(item);
    }

    restart() {
      this.connection.restart();
    }

    /** A message of the visitor comes back. The id of a person's words is not one of ours. */
    saved({ from, id }) {
      if (from === "visitor" && id) this.connection.sending.saved(id);
    }

    /** A message is on screen. It may tell who is there; who has spoken is not writing any more. */
    hear(message, isNew) {
      if (message.from === "visitor") return;
      this.#quiet();
      if (message.progress >= 0) this.#advance(message.progress);
      if (message.joined || message.from === "rep") this.person.hear(message);
      if (!isNew) return;
      this.#announce(message);
      if (message.language) this.#follow(message.language);
      if (!this.panel.opened) this.missing?.hear(message);
      // A change of what was said pulls nobody away from where they read.
      if (!message.revises) this.scrolling.hear();
    }

    /** How far the conversation has come, from 0 to 1. */
    #advance(far) {
      const { head, words } = this.panel;
      if (!this.bar) head.after((this.bar = element("progress", { part: "progress", "aria-label": words.progress })));
      this.bar.value = far;
    }

    /** To a person anything can be written. */
    suit(message) {
      const { panel } = this;
      const { largest, in_talks, accept } = panel.uploads || {};
      const isTalking = this.#status === "talking";
      const asked = isTalking ? null : message;
      parts.fields(panel.composer, asked);
      const beside = isTalking && in_talks;
      if (beside && this.clip?.isConnected) return;
      this.extra.replaceChildren();
      this.clip?.remove();
      const stands = (this.stands = {});
      const name = beside ? "upload" : INPUTS[asked?.input?.kind];
      if (!name) return;
      parts.need(name).then((Part) => {
        if (this.stands !== stands) return;
        const { words, chat, memory } = panel;
        const { connection } = this;
        const say = (...said) => panel.say(...said);
        const { language, composer } = panel;
        const wanted = asked || { input: { extra: { accept } } };
        const place = { words, language, server: chat.server, composer };
        const given = { ...place, message: wanted, memory, say, connection, largest, beside };
        const part = new Part(given);
        this.extra.replaceChildren(part.node);
        if (beside) panel.composer.node.prepend((this.clip = part.button));
      });
    }

    /** Another conversation begins. */
    reset() {
      if (this.missing) this.missing.count = 0;
      this.#stand("");
      this.connection.sending.show();
    }

    /** The visitor has changed the language: the chat itself speaks it too, if it can. */
    #follow(wanted) {
      const { chat, language } = this.panel;
      const chosen = parts.choose([wanted, language]);
      if (chosen === language) return;
      this.memory.language = chosen;
      const focused = chat.shadowRoot.activeElement;
      chat.rebuild();
      if (focused) chat.load().then((panel) => panel.focus());
    }

    #draw() {
      const { panel } = this;
      const { words } = panel;
      dress(panel.chat.shadowRoot, "css:talk.css" + "css:cards.css" + "css:inputs.css" + "css:person.css");
      this.typist = element("span", { class: "name", dir: "auto" });
      const dots = element("span", { class: "dots" }, element("i"), element("i"), element("i"));
      this.typing = element("div", { class: "typing", "aria-hidden": true, hidden: true }, this.typist, dots);
      panel.log.append(this.typing);
      this.ended = element(
        "div",
        { class: "ended", hidden: true },
        element("span", {}, words.ended),
        element("button", { type: "button", class: "choice", onclick: () => panel.restart() }, words.startOver),
      );
      /** What stands above the field for the question that is asked. */
      this.extra = element("div", { class: "extra" });
      panel.composer.node.before(this.ended, this.extra);
    }

    // ------------------------------------------------------------------ what the connection tells

    /** @returns {Listener} as connection.js describes it */
    #listener() {
      const { panel } = this;
      const { chat, transcript } = panel;
      return {
        state: (state) => this.#connected(state),
        welcome: (frame) => panel.welcome(frame),
        pending: (item) => {
          transcript.outgoing.add(item);
          this.scrolling.toNewest();
        },
        progress: (id, state, code) => transcript.outgoing.progress(id, state, code),
        saved: ({ id, text, choice, step }) => chat.announce("answer", { id, text, choice, step }),
        frame: (frame) => this.#frame(frame),
        error: (error) => chat.announce("error", error),
        refused: (error) => this.#needPage((page) => page.refused(error)),
      };
    }

    #frame(frame) {
      const { type, status, event, detail } = frame;
      if (type === "welcome") this.#told(frame);
      this.#page?.hear(frame);
      if (type === "typing") this.#type(frame);
      else if (type === "happened") this.panel.chat.announce(event, detail);
      if (status) this.#stand(status);
    }

    /** The server has let the visitor in: what the page tells may have to be told now, or was not taken. */
    #told(frame) {
      const { extras, said } = this.panel.chat;
      delete extras.proof;
      const { fields, data, identity, start } = extras;
      if (frame.problems || fields || data || identity || start) this.#needPage((page) => page.told(frame, said));
    }

    /** page.js, for pages that tell something. */
    async #needPage(then) {
      const { Page } = await parts.need("page");
      then((this.#page ??= new Page(this.panel.chat, this.connection)));
    }

    /** What came of the talk, once for all tabs. */
    #announce({ seq, happened }) {
      const { memory, panel } = this;
      const { conversation } = panel.hearing;
      const { heard } = memory;
      if (!happened || (heard?.conversation === conversation && heard.seq >= seq)) return;
      memory.heard = { conversation, seq };
      for (const { event, detail } of happened) panel.chat.announce(event, detail);
    }

    #connected(state) {
      const { panel } = this;
      const wasOnline = this.#state === "online";
      this.#state = state;
      if (state === "online" || state === "unavailable") {
        clearTimeout(this.timer);
        this.#showBanner();
      } else if (wasOnline) {
        // A connection that is back at once was not worth a word.
        this.timer = panel.later(BANNER_MILLISECONDS, () => this.#showBanner());
      }
      if (state !== "unavailable") return;
      panel.skeleton.hidden = true;
      panel.composer.disable();
    }

    #showBanner() {
      const { words, banner } = this.panel;
      const { connecting, unavailable, reconnecting, offline } = words;
      const texts = { connecting, unavailable, online: "", offline: navigator.onLine ? reconnecting : offline };
      banner.textContent = texts[this.#state];
      banner.dataset.state = this.#state;
    }

    /** What the conversation is doing; it may have been doing it before. "" when another one begins. */
    #stand(status) {
      const was = this.#status;
      this.#status = status;
      this.ended.hidden = status !== "ended";
      if (!status) this.#quiet();
      const isTalking = status === "talking";
      this.person.stand(status);
      if (isTalking) this.memory.await(AWAITED_MINUTES.talking);
      if (isTalking === (was === "talking")) return;
      if (!isTalking) this.memory.await(AWAITED_MINUTES.other);
      this.suit(this.panel.asked);
    }

    /** Somebody is about to speak. While a person is there, that is no bot. */
    #type({ seconds, who, name }) {
      const isRep = who === "rep";
      if (this.#status === "talking" && !isRep) return;
      clearTimeout(this.#typing);
      this.typist.textContent = (isRep && name) || "";
      this.typing.hidden = false;
      this.scrolling.follow();
      const count = Math.min(Math.max(Number(seconds) || 1, 0), TYPING_MOST_SECONDS);
      this.#typing = this.panel.later((count + (isRep ? 0 : BOT_GRACE_SECONDS)) * 1000, () => this.#quiet());
    }

    #quiet() {
      clearTimeout(this.#typing);
      this.typing.hidden = true;
    }

    #shorten(id, text) {
      this.connection.sending.forget(id);
      this.panel.composer.put(text);
      this.panel.composer.focus();
    }
  }

  return Talk;
});
