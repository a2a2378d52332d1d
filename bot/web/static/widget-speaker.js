/**
 * Who speaks: the bot, or a person of ours who has come in. The face in the header, the dots while they write, and,
 * while a person is there, the line above the field that says so and leads back to the bot.
 */
"use strict";

window.Handraiser.define("speaker", ({ element }) => {
  /** Key of the choice that brings the bot back. */
  const LEAVE = "leave_person";
  /** A bot may be a little late; a person who has stopped has stopped. */
  const BOT_GRACE_SECONDS = 4;
  const TYPING_MOST_SECONDS = 60;

  class Speaker {
    #who = null;
    #step = undefined;
    #persona = {};
    #title = "";
    #drawn = "";
    #timer = null;

    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {Cards} given.cards
     * @param {function(string, string, string=): void} given.say text, key of a choice, its step
     * @param {function(): void} given.refocus the focused button is about to go
     * @param {function(): void} given.shown the dots have come
     */
    constructor(given) {
      this.given = given;
      this.talking = false;
      this.heading = element("h2", { class: "who", id: "name", dir: "auto" });
      this.subtitle = element("p", { class: "what", id: "title", dir: "auto" });
      this.face = element("span");
      /** For the header. */
      this.introduction = [this.face, element("div", { class: "names" }, this.heading, this.subtitle)];
      this.typist = element("span", { class: "name", dir: "auto" });
      const dots = element("span", { class: "dots" }, element("i"), element("i"), element("i"));
      /** For the end of the transcript. */
      this.typing = element("div", { class: "typing", "aria-hidden": "true", hidden: true }, this.typist, dots);
      this.name = element("strong", { dir: "auto" });
      const leave = (event) => this.#leave(event);
      this.back = element("button", { type: "button", class: "back", part: "back", onclick: leave, hidden: true });
      const text = element("span", { class: "with" }, element("span", {}, `${given.words.talkingWith} `), this.name);
      /** For above the field. */
      this.line = element("div", { class: "person", part: "person", hidden: true }, text, this.back);
    }

    stop() {
      clearTimeout(this.#timer);
    }

    /** As whom the script speaks, and what it is called. */
    introduce(persona, title) {
      this.#persona = persona;
      this.#title = title;
      this.#draw();
    }

    /** A message may tell who is there, and bring the way back; who has spoken is not writing any more. */
    hear({ from, joined, persona, choices, step, revises }) {
      if (from !== "visitor") this.#hideTyping();
      const who = joined || (from === "rep" && !revises && persona);
      if (who && who.name) this.#who = who;
      if (!joined) return;
      const back = (choices || []).find(({ key }) => key === LEAVE);
      this.back.textContent = back ? back.label : "";
      this.#step = step;
    }

    /** What the conversation is doing; "" when another one begins. */
    stand(status) {
      this.talking = status === "talking";
      if (!status) {
        this.#who = null;
        this.#hideTyping();
      }
      if (!this.#present && this.line.contains(this.line.getRootNode().activeElement)) this.given.refocus();
      this.line.hidden = !this.#present;
      this.back.hidden = !this.back.textContent;
      this.back.disabled = false;
      this.#draw();
    }

    /** Somebody is about to speak. While a person is there, that is no bot. */
    type({ seconds, who, name }) {
      const isRep = who === "rep";
      if (this.talking && !isRep) return;
      clearTimeout(this.#timer);
      this.typist.textContent = (isRep && name) || "";
      this.typing.hidden = false;
      this.given.shown();
      const count = Math.min(Math.max(Number(seconds) || 1, 0), TYPING_MOST_SECONDS);
      this.#timer = setTimeout(() => this.#hideTyping(), (count + (isRep ? 0 : BOT_GRACE_SECONDS)) * 1000);
    }

    /** Whoever of ours talks with the visitor; null while the bot does. */
    get #present() {
      return this.talking ? this.#who : null;
    }

    #hideTyping() {
      clearTimeout(this.#timer);
      this.typing.hidden = true;
    }

    /** The second press of a double click belongs to the first. */
    #leave({ detail }) {
      if (detail > 1) return;
      this.given.refocus();
      this.back.disabled = true;
      this.given.say(this.back.textContent, LEAVE, this.#step);
    }

    /** Only what has changed: a face that is drawn again is loaded again. */
    #draw() {
      const person = this.#present;
      const title = this.#title;
      const who = person || (this.#persona.name ? this.#persona : { name: title });
      const drawn = JSON.stringify([who, title, this.talking]);
      if (drawn === this.#drawn) return;
      this.#drawn = drawn;
      this.name.textContent = this.heading.textContent = who.name;
      this.subtitle.textContent = who.name === title ? "" : title;
      const face = this.given.cards.face(who);
      face.classList.toggle("here", person !== null);
      this.face.replaceWith(face);
      this.face = face;
    }
  }

  return Speaker;
});
