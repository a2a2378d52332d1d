/** The messages on screen, in their order; those that are not acknowledged yet stand at the end and say so. */
"use strict";

window.Handraiser.define("transcript", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";

  class Transcript {
    #messages;
    /** Not acknowledged yet: id to element. */
    #pending = new Map();

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
      this.given.answers.clear();
    }

    /** A message in its place in the conversation. */
    add(message) {
      const pending = message.id && this.#pending.get(message.id);
      const first = this.#firstPending;
      if (pending) {
        if (first !== pending) this.#messages.insertBefore(pending, first);
        this.#pending.delete(message.id);
        this.#mark(pending, "sent");
      } else {
        const drawn = message.from === "visitor" ? this.#own(message, "sent") : this.#theirs(message);
        this.#messages.insertBefore(drawn, first);
        this.#group(drawn);
      }
      if (message.from === "visitor") this.given.answers.close();
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
      const { cards, answers } = this.given;
      const persona = this.#persona(message);
      const text = message.text || "";
      return element(
        "div",
        {
          class: message.from === "rep" ? "message rep" : "message bot",
          part: "message",
          lang: this.language,
          "data-speaker": `${message.from} ${persona.name || ""}`,
        },
        cards.face(persona),
        element(
          "div",
          { class: "body" },
          this.#speaker(persona.name),
          cards.picture(message.picture),
          text ? this.#bubble(text, message.at, ...cards.linked(text)) : null,
          cards.card(message.card),
          cards.links(message.links),
          answers.draw(message),
        ),
      );
    }

    /** The one in the header is known by its picture, also where a message gives only its name. */
    #persona({ persona, from }) {
      if (!persona) return from === "bot" ? this.persona : {};
      return persona.name === this.persona.name ? { ...this.persona, ...persona } : persona;
    }

    /** Shown when it is not the one in the header; told to screen readers always. */
    #speaker(name) {
      if (!name) return null;
      if (name === this.persona.name) return element("span", { class: "unseen" }, `${name}: `);
      return element("span", { class: "name", dir: "auto" }, name);
    }
  }

  return Transcript;
});
