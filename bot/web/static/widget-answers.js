/**
 * The answers that can be pressed under a question: choices, several choices, a rating, a date, "skip". They are there
 * while the question stands; what was answered is seen in the visitor's own words.
 */
"use strict";

window.Handraiser.define("answers", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";
  const MOST_POINTS = 11;
  /** So many points of a rating stand in one row on any screen. */
  const POINTS_IN_A_ROW = 6;
  /** Kinds the browser has a picker for: its type, and how much of an ISO moment it takes. */
  const PICKERS = {
    date: { type: "date", length: 10 },
    time: { type: "time", length: 5 },
    datetime: { type: "datetime-local", length: 16 },
  };

  class Answers {
    #node = null;
    #standing = false;

    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {function(string, string=, string=): void} given.say text, key of a choice, its step
     * @param {function(Object|null): void} given.asks how the field should suit the question that stands
     * @param {function(): string} given.skipWord what the script understands as "skip"
     * @param {function(): void} given.refocus the focused button is about to go
     */
    constructor(given) {
      this.given = given;
      this.words = given.words;
    }

    /** What can be pressed under a message, or null. A new question closes the one before. */
    draw(message) {
      const input = message.input || {};
      if (message.input || message.choices) {
        this.close();
        this.#node = null;
        this.#standing = true;
        this.given.asks(message);
      } else if (!this.#standing) {
        this.given.asks(null);
      }
      const buttons = this.#buttons(message, input);
      if (input.optional) buttons.push(this.#skip());
      if (!buttons.length) return null;
      const legend = element("legend", { class: "unseen" }, this.words.answers);
      this.#node = element("fieldset", { class: "answers", part: "answers" }, legend, ...buttons);
      return this.#node;
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

    #buttons(message, input) {
      const choices = message.choices || [];
      if (input.kind === "rating") return [this.#rating(message, input, choices)];
      if (input.kind in PICKERS) return this.#picker(input);
      if (input.kind === "choices" && choices.length) return this.#several(message, choices);
      return choices.map(({ key, label }) =>
        this.#button(label, { onclick: this.#once(() => this.given.say(label, key, message.step)) }),
      );
    }

    /** The second press of a double click belongs to the question before, whose buttons have just gone. */
    #once(say) {
      return ({ detail }) => detail > 1 || say();
    }

    #button(label, attributes) {
      return element("button", { type: "button", class: "choice", part: "choice", dir: "auto", ...attributes }, label);
    }

    #skip() {
      return this.#button(this.words.skip, {
        class: "choice quiet",
        onclick: this.#once(() => this.given.say(this.given.skipWord())),
      });
    }

    #several(message, choices) {
      const picked = new Set();
      const say = () => {
        const chosen = choices.filter(({ key }) => picked.has(key));
        const join = (name, mark) => chosen.map((choice) => choice[name]).join(mark);
        this.given.say(join("label", ", "), join("key", ","), message.step);
      };
      const send = this.#button(this.words.send, { class: "choice strong", disabled: true, onclick: this.#once(say) });
      const toggles = choices.map(({ key, label }) => {
        const toggle = this.#button(label, { class: "choice toggle", "aria-pressed": "false" });
        toggle.prepend(icon(TICK));
        toggle.addEventListener("click", () => {
          if (!picked.delete(key)) picked.add(key);
          toggle.setAttribute("aria-pressed", String(picked.has(key)));
          send.disabled = !picked.size;
        });
        return toggle;
      });
      return [element("div", { class: "choices" }, ...toggles), send];
    }

    #rating(message, { minimum, maximum, extra }, choices) {
      const lowest = Number.isFinite(minimum) ? minimum : 1;
      const count = Number.isFinite(maximum) ? Math.min(maximum - lowest + 1, MOST_POINTS) : 5;
      const points = Array.from({ length: Math.max(count, 0) }, (_, index) => lowest + index);
      const highest = points.at(-1);
      const labels = (extra && extra.labels) || [];
      const ends = Array.isArray(labels) ? [labels[0], labels.at(-1)] : [labels[lowest], labels[highest]];
      const columns = points.length > POINTS_IN_A_ROW ? Math.ceil(points.length / 2) : points.length;
      const buttons = points.map((point) => {
        const choice = choices.find(({ key }) => key === String(point)) || { label: String(point) };
        const meaning = [point === lowest && ends[0], point === highest && ends[1]].filter(Boolean);
        return this.#button(String(point), {
          class: "choice point",
          "aria-label": [`${point} ${this.words.of} ${highest}`, ...meaning].join(", "),
          onclick: this.#once(() => this.given.say(choice.label, choice.key, message.step)),
        });
      });
      const drawn = element("div", { class: "rating" }, element("div", { class: "points" }, ...buttons));
      drawn.style.setProperty("--columns", columns);
      drawn.style.setProperty("--points", points.length);
      if (ends.some(Boolean)) {
        // In two rows the ends do not stand above their words.
        const named = (end, point) => (columns < points.length && end ? `${point} = ${end}` : end);
        const shown = [named(ends[0], lowest), named(ends[1], highest)].map((end) => element("span", {}, end));
        drawn.append(element("div", { class: "ends", "aria-hidden": "true" }, ...shown));
      }
      return drawn;
    }

    /** The browser's own picker, beside the text field: "next Friday" stays possible. */
    #picker({ kind, minimum, maximum }) {
      const { type, length } = PICKERS[kind];
      const bound = (value) => (typeof value === "string" ? value.slice(0, length) : null);
      const bounds = { min: bound(minimum), max: bound(maximum) };
      const picker = element("input", { type, class: "picker", "aria-label": this.words[kind], ...bounds });
      const say = () => (picker.value ? this.given.say(picker.value.replace("T", " ")) : picker.focus());
      picker.addEventListener("keydown", (event) => event.key === "Enter" && say());
      return [picker, this.#button(this.words.send, { class: "choice strong", onclick: this.#once(say) })];
    }
  }

  return Answers;
});
