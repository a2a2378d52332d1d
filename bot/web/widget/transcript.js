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
      this.given.answers.pause();
    }

    /** A message in its place in the conversation. */
    add(message) {
      if (message.revises) return this.#change(message);
      if (message.from !== "visitor") return this.put(this.#theirs(message));
      if (!this.outgoing?.settle(message)) this.put(this.own(message));
      this.given.answers.close();
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
      const { you } = this.given.words;
      const state = element("span", { class: "state" });
      return this.#draw("own", you, "unseen", { "aria-live": "off" }, null, this.#bubble(text || `📎 ${name}`, at), state);
    }

    /** What somebody said, `own`, `bot` or `rep`; their name is told to screen readers, and shown as `look` says. */
    #draw(who, name = "", look, attributes, face, ...inside) {
      const told = name && element("span", { class: look, dir: "auto" }, `${name}: `);
      return element(
        "div",
        { class: `${who} message ${who}-message`, "data-speaker": who + name, ...attributes },
        face,
        element("div", { class: "body" }, told, ...inside),
      );
    }

    /** A moment for people, in the reader's own time zone. */
    time(at) {
      return at && new Date(at).toLocaleString(this.locale, { dateStyle: "medium", timeStyle: "short" });
    }

    #bubble(text, at) {
      return element("p", { class: "bubble", dir: "auto", title: this.time(at) }, text);
    }

    /** Make links of the web addresses in a text. */
    link(bubble) {
      if (/https?:/i.test(bubble.textContent)) parts.needTalk("cards").then(({ link }) => link(bubble, this));
    }

    #theirs(message) {
      const { from, joined, text, at, picture, card, links, revises, id } = message;
      const { answers, faces, words } = this.given;
      if (joined) {
        // The way back to the bot stands above the field, and not here.
        answers.pause();
        const look = { class: "joined", dir: "auto", lang: this.language, title: this.time(at) };
        return element("p", look, faces.face(joined), text);
      }
      const persona = this.#persona(message);
      const { name } = persona;
      const isRep = from === "rep";
      const bubble = text && this.#bubble(text, at);
      const drawn = this.#draw(
        isRep ? "rep" : "bot",
        name,
        name === this.persona.name ? "unseen" : "name",
        // Changed later, it is read out again with the name before it.
        isRep ? { "aria-atomic": true } : { lang: this.language },
        faces.face(persona),
        faces.picture(picture, "picture"),
        bubble,
        isRep && element("span", { class: "mark" }, revises && words.edited),
        (card || links?.length) && parts.later("cards", ({ below }) => below(message, this)),
        answers.draw(message),
      );
      if (bubble) this.link(bubble);
      if (isRep && text) this.spoken.set(id, drawn);
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
      const known = persona ? persona.name === this.persona.name : from === "bot";
      return { ...(known && this.persona), ...persona };
    }
  }

  return Transcript;
});
