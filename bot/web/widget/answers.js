/**
 * The answers that can be pressed under a question: choices and "skip"; what else there is comes with inputs.js. They are
 * there while the question stands; what was answered is seen in the visitor's own words.
 */
"use strict";

window.Handraiser.define("answers", (parts) => {
  const { element } = parts;
  /** Kinds of input that inputs.js draws. */
  const ELSEWHERE = /rating|choices|date|time/;

  class Answers {
    #node = null;
    #standing = false;

    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {function(string, string=, string=): void} given.say text, key of a choice, its step
     * @param {function(Object|null): void} given.suit makes the field suit the question that stands
     * @param {function(): void} given.focus the focused button is about to go
     */
    constructor(given) {
      this.given = given;
    }

    /** What can be pressed under a message, or null. A new question closes the one before. */
    draw(message) {
      const { input = {}, choices = [] } = message;
      if (message.input || message.choices) {
        this.close();
        this.#node = null;
        this.#standing = true;
        this.given.suit(message);
      } else if (!this.#standing) {
        this.given.suit(null);
      }
      const { words, say } = this.given;
      const { length } = choices;
      // Of more than eight one is looked for.
      const nodes = length > 8 || (ELSEWHERE.test(input.kind) && (input.kind !== "choices" || length))
        ? [parts.later("inputs", (draw) => draw(message, this))]
        : choices.map(({ key, label }) => this.button(label, () => say(label, key, message.step)));
      if (input.optional) nodes.push(this.button(words.skip, () => say(words.skip, "skip", message.step), "choice quiet"));
      if (!nodes.length) return null;
      return (this.#node = element("fieldset", { class: "answers", "aria-label": words.answers }, ...nodes));
    }

    /** The second press of a double click belongs to the question before, whose buttons have just gone. */
    button(label, press, look = "choice", attributes = {}) {
      const onclick = ({ detail }) => detail > 1 || press();
      return element("button", { class: look, dir: "auto", onclick, ...attributes }, label);
    }

    /** The question is answered, or passed over: its buttons go, so that a small screen shows the talk. */
    close() {
      this.#standing = false;
      const node = this.#node;
      if (!node) return;
      if (node.matches(":focus-within")) this.given.focus();
      node.disabled = true;
    }

    /** A person has come in: what the bot asked can wait. */
    pause() {
      this.close();
      this.given.suit(null);
    }

    /** The answer was not sent after all. */
    reopen() {
      if (!this.#node) return;
      this.#node.disabled = false;
      this.#standing = true;
    }
  }

  return Answers;
});
