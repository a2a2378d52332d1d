/** The field to write in: it grows with the text, and keeps it over a reload. fields.js suits it to the question. */
"use strict";

window.Handraiser.define("composer", ({ element, icon }) => {
  class Composer {
    /**
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {Memory} given.memory
     * @param {function(string): void} given.say
     */
    constructor(given) {
      this.given = given;
      const { words, memory } = given;
      this.words = words;
      this.area = this.field = this.make("textarea", { rows: 1, autocomplete: "off" });
      this.field.value = memory.draft || "";
      this.button = element("button", { class: "send", "aria-label": words.send }, icon("M12 19V5m-6 6 6-6 6 6"));
      const onsubmit = (event) => this.submit(event);
      this.node = element("form", { class: "composer", novalidate: true, onsubmit }, this.field, this.button);
    }

    make(name, attributes) {
      const { placeholder, message } = this.words;
      const oninput = () => this.typed();
      const field = { id: "field", class: "field", "aria-label": message, placeholder, dir: "auto", oninput };
      return element(name, { ...field, enterkeyhint: "send", ...attributes });
    }

    focus() {
      this.field.focus({ preventScroll: true });
    }

    disable() {
      this.field.disabled = this.button.disabled = true;
    }

    submit(event) {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) {
        this.put("");
        this.given.say(text);
      }
      this.field.focus();
    }

    /** Put a text into the field. */
    put(text) {
      this.field.value = text;
      this.typed();
    }

    typed() {
      this.given.memory.draft = this.field.value;
      const { style } = this.area;
      style.height = "auto";
      style.height = `${this.area.scrollHeight}px`;
    }
  }

  return Composer;
});
