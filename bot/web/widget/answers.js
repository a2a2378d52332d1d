/**
 * The answers that can be pressed under a question: choices and "skip"; what else there is comes with inputs.js. They are
 * there while the question stands; what was answered is seen in the visitor's own words.
 */
"use strict";

window.Handraiser.define("answers", (parts) => {
  const { element } = parts;
  /** Kinds of input that inputs.js draws. */
  const ELSEWHERE = /rating|choices|date|time/;

  /** The second press of a double click belongs to the question before, whose buttons have just gone. */
  function button(label, press, look = "choice", attributes) {
    const onclick = ({ detail }) => detail > 1 || press();
    return element("button", { class: look, dir: "auto", onclick, ...attributes }, label);
  }

  /**
   * @param {Object} given
   * @param {Object<string, string>} given.words
   * @param {function(string, string=, string=): void} given.say text, key of a choice, its step
   * @param {function(Object|null): void} given.suit makes the field suit the question that stands
   * @param {function(): void} given.focus the focused button is about to go
   */
  return (given) => {
    const { words, say } = given;
    let node;
    let isStanding;

    /** What can be pressed under a message, or null. A new question closes the one before. */
    function draw(message) {
      const { input = {}, choices = [], step } = message;
      if (message.input || message.choices) {
        close();
        node = null;
        isStanding = true;
        given.suit(message);
      } else if (!isStanding) {
        given.suit(null);
      }
      const { length } = choices;
      // Of more than eight one is looked for.
      const nodes = length > 8 || (ELSEWHERE.test(input.kind) && (input.kind !== "choices" || length))
        ? [parts.later("inputs", (drawInput) => drawInput(message, answers))]
        : choices.map(({ key, label }) => button(label, () => say(label, key, step)));
      if (input.optional) nodes.push(button(words.skip, () => say(words.skip, "skip", step), "choice quiet"));
      return nodes[0] && (node = element("fieldset", { class: "answers", "aria-label": words.answers }, ...nodes));
    }

    /** The question is answered, or passed over: its buttons go, so that a small screen shows the talk. */
    function close() {
      isStanding = false;
      if (!node) return;
      if (node.matches(":focus-within")) given.focus();
      node.disabled = true;
    }

    /** A person has come in, or another conversation begins: what the bot asked can wait. */
    function pause() {
      close();
      given.suit(null);
    }

    /** The answer was not sent after all. */
    function reopen() {
      if (!node) return;
      node.disabled = false;
      isStanding = true;
    }

    const answers = { given, draw, button, close, pause, reopen };
    return answers;
  };
});
