/** The messages on screen, in their order. What few of them have (cards, links, ratings) comes when one has it. */
"use strict";

window.Handraiser.define("transcript", (parts) => {
  const { element } = parts;

  /** One of the rooms that come with talk.js, in the one file that holds all that this conversation needs. */
  parts.needTalk = (name = "talk") => parts.need(name, `talk${parts.along || ""}`);

  /** What one of these rooms draws; in its place stands nothing until it is here. */
  parts.later = (name, draw) => {
    if (parts[name]) return draw(parts[name]);
    const place = element("span", { hidden: true });
    parts.needTalk(name).then((part) => place.replaceWith(draw(part)));
    return place;
  };

  class Transcript {
    /** Draws what the visitor said that is not acknowledged yet, and says of all of it how it is doing; outgoing.js. */
    outgoing = null;
    /** What people of ours said, which they may change: id to element. */
    spoken = new Map();
    /** As whom the script speaks, and in which language. */
    persona = {};
    language = undefined;

    /**
     * @param {Panel} given
     * @param {HTMLElement} given.messages where they go
     * @param {Object<string, string>} given.words
     * @param {Faces} given.faces
     * @param {Answers} given.answers
     */
    constructor(given) {
      this.given = given;
      this.messages = given.messages;
    }

    clear() {
      this.messages.replaceChildren();
      this.spoken.clear();
      this.outgoing?.clear();
      this.given.answers.clear();
    }

    /** A message in its place in the conversation. */
    add(message) {
      if (message.revises) return this.#change(message);
      const isOwn = message.from === "visitor";
      if (!isOwn) this.put(this.#theirs(message));
      else if (!this.outgoing?.settle(message)) this.put(this.own(message));
      if (isOwn) this.given.answers.close();
    }

    /** Those that are not acknowledged stand at the end. Messages of one speaker in a row share a face. */
    put(drawn, before = this.outgoing?.first || null) {
      this.messages.insertBefore(drawn, before);
      const last = drawn.previousElementSibling;
      drawn.classList.toggle("follows", last?.dataset.speaker === drawn.dataset.speaker);
      return drawn;
    }

    /** The visitor's own words are not read back to them; in their place, the `name` of a file. */
    own({ text, at, name }) {
      return element(
        "div",
        { class: "message own", part: "message own-message", "aria-live": "off", "data-speaker": "visitor" },
        element(
          "div",
          { class: "body" },
          element("span", { class: "unseen" }, `${this.given.words.you}: `),
          this.#bubble(text || `📎 ${name}`, at),
          element("span", { class: "state" }),
        ),
      );
    }

    /** A moment for people, in the reader's own time zone; null when it is none. */
    time(at) {
      const time = new Date(at);
      return Number.isNaN(+time) ? null : time.toLocaleString(this.locale, { dateStyle: "medium", timeStyle: "short" });
    }

    #bubble(text, at) {
      const look = { class: "bubble", part: "bubble", dir: "auto", title: this.time(at) };
      return element("p", look, text);
    }

    /** Make links of the web addresses in a text. */
    link(bubble) {
      if (/https?:/i.test(bubble.textContent)) parts.needTalk("cards").then(({ link }) => link(bubble, this));
    }

    #theirs(message) {
      const { from, joined, text, at, picture, card, links } = message;
      const { answers, faces } = this.given;
      if (joined) {
        answers.pause();
        return parts.later("person", ({ drawJoined }) => drawJoined(message, this));
      }
      const persona = this.#persona(message);
      const isRep = from === "rep";
      const bubble = text ? this.#bubble(text, at) : null;
      const drawn = element(
        "div",
        {
          class: `message ${isRep ? "rep" : "bot"}`,
          part: isRep ? "message rep-message" : "message",
          lang: isRep ? null : this.language,
          // Changed later, it is read out again with the name before it.
          "aria-atomic": isRep && "true",
          "data-speaker": `${from} ${persona.name || ""}`,
        },
        faces.face(persona),
        element(
          "div",
          { class: "body" },
          ...this.#speaker(persona.name),
          faces.picture(picture),
          bubble,
          isRep ? element("span", { class: "mark" }, message.revises ? this.given.words.edited : "") : null,
          card || links?.length ? parts.later("cards", ({ below }) => below(message, this)) : null,
          answers.draw(message),
        ),
      );
      if (bubble) this.link(bubble);
      if (isRep && text) this.spoken.set(message.id, drawn);
      return drawn;
    }

    /** Of what is not here to be changed, the change is news. */
    #change(message) {
      const drawn = this.spoken.get(message.id);
      if (drawn) parts.needTalk("person").then(({ change }) => change(drawn, message, this));
      else if (message.text) this.put(this.#theirs(message));
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
      return [element("span", { class: "name", dir: "auto", "aria-hidden": true }, name), told];
    }
  }

  return Transcript;
});
