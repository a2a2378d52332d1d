/** A person of ours in the chat: who it is, the line above the field that says so, and the way back to the bot. */
"use strict";

window.Handraiser.define("person", ({ element }) => {
  /** Key of the choice that brings the bot back. */
  const LEAVE = "leave_person";

  class Person {
    #who = null;
    #step = undefined;

    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {function(string, string, string=): void} given.say text, key of a choice, its step
     * @param {function(): void} given.refocus the focused button is about to go
     */
    constructor({ words, say, refocus }) {
      this.refocus = refocus;
      this.talking = false;
      this.name = element("strong", { dir: "auto" });
      const leave = ({ detail }) => {
        // The second press of a double click belongs to the first.
        if (detail > 1) return;
        refocus();
        this.back.disabled = true;
        say(this.back.textContent, LEAVE, this.#step);
      };
      this.back = element("button", { type: "button", class: "back", part: "back", onclick: leave, hidden: true });
      this.node = element(
        "div",
        { class: "person", part: "person", hidden: true },
        element("span", { class: "with" }, element("span", {}, `${words.talkingWith} `), this.name),
        this.back,
      );
    }

    /** `{name, picture}` of whoever talks with the visitor; null while the bot does. */
    get present() {
      return this.talking ? this.#who : null;
    }

    /** A message may tell who is there, and bring the way back. */
    hear({ from, joined, persona, choices, step, revises }) {
      const who = joined || (from === "rep" && !revises && persona);
      if (who && who.name) this.#who = who;
      if (!joined) return;
      const back = (choices || []).find(({ key }) => key === LEAVE);
      this.back.textContent = back ? back.label : "";
      this.#step = step;
      this.back.disabled = false;
    }

    /** What the conversation is doing. */
    stand(status) {
      this.talking = status === "talking";
      if (!status) this.#who = null;
      this.name.textContent = this.#who ? this.#who.name : "";
      if (!this.present && this.node.contains(this.node.getRootNode().activeElement)) this.refocus();
      this.node.hidden = !this.present;
      this.back.hidden = !this.back.textContent;
    }
  }

  return Person;
});
