/** The messages on screen, in their order; those that are not acknowledged yet stand at the end and say so. */
"use strict";

window.Handraiser.define("transcript", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";

  class Transcript {
    #messages;
    /** Not acknowledged yet: id to element. */
    #pending = new Map();
    /** What people of ours said, which they may change: id to element. */
    #spoken = new Map();

    /**
     * @param {Object} given
     * @param {HTMLElement} given.messages where they go
     * @param {Object<string, string>} given.words
     * @param {Cards} given.cards
     * @param {Answers} given.answers
     * @param {function(string): void} given.retry
     * @param {function(string, string): void} given.shorten id and text of something too long to send
     */
    constructor(given) {
      this.given = given;
      this.words = given.words;
      this.#messages = given.messages;
      this.language = undefined;
      this.persona = {};
    }

    clear() {
      this.#messages.replaceChildren();
      this.#pending.clear();
      this.#spoken.clear();
      this.given.answers.clear();
    }

    /** A message in its place in the conversation. */
    add(message) {
      const isOwn = message.from === "visitor";
      if (message.revises && this.#revise(message)) return;
      const pending = isOwn && this.#pending.get(message.id);
      const first = this.#firstPending;
      if (pending) {
        if (first !== pending) this.#messages.insertBefore(pending, first);
        this.#pending.delete(message.id);
        this.#mark(pending, "sent");
      } else {
        const drawn = isOwn ? this.#own(message, "sent") : this.#theirs(message);
        this.#messages.insertBefore(drawn, first);
        this.#group(drawn);
      }
      if (isOwn) this.given.answers.close();
    }

    /** Change in place what a person said before. False when it is not here, and so is news. */
    #revise({ id, text }) {
      const drawn = this.#spoken.get(id);
      if (!drawn) return !text;
      const { cards } = this.given;
      const bubble = drawn.querySelector(".bubble");
      bubble.replaceChildren(...(text ? cards.linked(text) : [this.words.removed]));
      bubble.classList.toggle("removed", !text);
      drawn.querySelector(".mark").textContent = text ? this.words.edited : "";
      return true;
    }

    /** Something said that is not acknowledged. */
    addPending(item) {
      const drawn = this.#own(item, "sending");
      this.#pending.set(item.id, drawn);
      this.#messages.append(drawn);
      this.#group(drawn);
      this.given.answers.close();
      if (item.failed) this.progress(item.id, "failed", item.failed);
    }

    /** How something said is doing: sending, waiting, sent or failed. */
    progress(id, state, code) {
      const drawn = this.#pending.get(id);
      if (drawn) this.#mark(drawn, state, id, code);
    }

    get #firstPending() {
      return this.#pending.values().next().value || null;
    }

    /** Messages of one speaker in a row share a face. */
    #group(drawn) {
      const before = drawn.previousElementSibling;
      drawn.classList.toggle("follows", Boolean(before) && before.dataset.speaker === drawn.dataset.speaker);
    }

    #bubble(text, at, ...nodes) {
      return element("p", { class: "bubble", part: "bubble", dir: "auto", title: this.given.cards.time(at) }, ...nodes);
    }

    /** The visitor's own words are not read back to them. */
    #own({ text, at }, state) {
      const drawn = element(
        "div",
        { class: "message own", part: "message own-message", "aria-live": "off", "data-speaker": "visitor" },
        element(
          "div",
          { class: "body" },
          element("span", { class: "unseen" }, `${this.words.you}: `),
          this.#bubble(text, at, text),
          element("span", { class: "state" }),
        ),
      );
      this.#mark(drawn, state);
      return drawn;
    }

    #mark(drawn, state, id, code) {
      const line = drawn.querySelector(".state");
      if (line.dataset.state === state) return;
      line.dataset.state = state;
      const tooLong = state === "failed" && code === "too_long";
      line.replaceChildren(tooLong ? this.words.tooLong : this.words[state]);
      if (state === "sent") line.prepend(icon(TICK));
      if (state !== "failed" && state !== "waiting") return;
      const again = tooLong ? () => this.#shorten(id, drawn) : () => this.given.retry(id);
      const label = tooLong ? this.words.shorten : this.words.retry;
      line.append(" ", element("button", { type: "button", class: "again", onclick: again }, label));
    }

    #shorten(id, drawn) {
      this.given.shorten(id, drawn.querySelector(".bubble").textContent);
      this.#pending.delete(id);
      drawn.remove();
      if (!this.#pending.size) this.given.answers.reopen();
    }

    #theirs(message) {
      if (message.joined) return this.#joined(message);
      const { cards, answers } = this.given;
      const persona = this.#persona(message);
      const text = message.text || "";
      const isRep = message.from === "rep";
      const drawn = element(
        "div",
        {
          class: isRep ? "message rep" : "message bot",
          part: isRep ? "message rep-message" : "message",
          lang: isRep ? null : this.language,
          // Changed later, it is read out again with the name before it.
          "aria-atomic": isRep && "true",
          "data-speaker": `${message.from} ${persona.name || ""}`,
        },
        cards.face(persona),
        element(
          "div",
          { class: "body" },
          ...this.#speaker(persona.name),
          cards.picture(message.picture),
          text ? this.#bubble(text, message.at, ...cards.linked(text)) : null,
          isRep ? element("span", { class: "mark" }, message.revises ? this.words.edited : "") : null,
          cards.card(message.card),
          cards.links(message.links),
          answers.draw(message),
        ),
      );
      if (isRep && text) this.#spoken.set(message.id, drawn);
      return drawn;
    }

    /** A person has come in. The way back to the bot stands above the field, and not here. */
    #joined({ joined, text, at }) {
      this.given.answers.pause();
      return element(
        "p",
        { class: "joined", part: "joined", dir: "auto", lang: this.language, title: this.given.cards.time(at) },
        this.given.cards.face(joined),
        text,
      );
    }

    /** The one in the header is known by its picture, also where a message gives only its name. */
    #persona({ persona, from }) {
      if (!persona) return from === "bot" ? this.persona : {};
      return persona.name === this.persona.name ? { ...this.persona, ...persona } : persona;
    }

    /** Shown when it is not the script's own; told to screen readers always. */
    #speaker(name) {
      if (!name) return [];
      const told = element("span", { class: "unseen" }, `${name}: `);
      if (name === this.persona.name) return [told];
      return [element("span", { class: "name", dir: "auto", "aria-hidden": "true" }, name), told];
    }
  }

  return Transcript;
});
