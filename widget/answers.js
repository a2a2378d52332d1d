/**
 * The answers that can be pressed under a question: choices and "skip"; what else there is comes with inputs.js. They are
 * there while the question stands; what was answered is seen in the visitor's own words.
 */
"use strict";

window.Handraiser.define("answers", (parts) => {
  const { element } = parts;
  const ELSEWHERE = ["rating", "choices", "date", "time", "datetime"];

  class Answers {
    #node = null;
    #standing = false;

    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {function(string, string=, string=): void} given.say text, key of a choice, its step
     * @param {function(Object|null): void} given.asks how the field should suit the question that stands
     * @param {function(): void} given.refocus the focused button is about to go
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
        this.given.asks(message);
      } else if (!this.#standing) {
        this.given.asks(null);
      }
      const { words, say } = this.given;
      const { length } = choices;
      // Of more than eight one is looked for.
      const nodes = length > 8 || (ELSEWHERE.includes(input.kind) && (input.kind !== "choices" || length))
        ? [parts.later("inputs", (draw) => draw(message, this))]
        : choices.map(({ key, label }) => this.button(label, () => say(label, key, message.step)));
      if (input.optional) nodes.push(this.button(words.skip, () => say(words.skip, "skip", message.step), "choice quiet"));
      if (!nodes.length) return null;
      const legend = element("legend", { class: "unseen" }, words.answers);
      return (this.#node = element("fieldset", { class: "answers", part: "answers" }, legend, ...nodes));
    }

    /** The second press of a double click belongs to the question before, whose buttons have just gone. */
    button(label, press, look = "choice", attributes = {}) {
      const onclick = ({ detail }) => detail > 1 || press();
      return element("button", { type: "button", class: look, part: "choice", dir: "auto", onclick, ...attributes }, label);
    }

    /** The question is answered, or passed over: its buttons go, so that a small screen shows the talk. */
    close() {
      this.#standing = false;
      const node = this.#node;
      if (!node || node.disabled) return;
      if (node.contains(node.getRootNode().activeElement)) this.given.refocus();
      node.disabled = true;
    }

    /** A person has come in: what the bot asked can wait. */
    pause() {
      this.close();
      this.given.asks(null);
    }

    /** The answer was not sent after all. */
    reopen() {
      if (!this.#node) return;
      this.#node.disabled = false;
      this.#standing = true;
    }

    clear() {
      this.#node = null;
      this.#standing = false;
      this.given.asks(null);
    }
  }

  return Answers;
});
