/** The field to write in: it grows with the text, and keeps it over a reload. fields.js suits it to the question. */
"use strict";

window.Handraiser.define("composer", ({ element, icon }) => {
  class Composer {
    /**
     * @param {Object<string, string>} words
     * @param {Memory} memory
     * @param {function(string): void} say
     */
    constructor(words, memory, say) {
      this.words = words;
      this.memory = memory;
      this.say = say;
      this.area = this.field = this.make("textarea", { rows: 1, autocomplete: "off" });
      this.field.value = memory.draft || "";
      const send = { type: "submit", class: "send", part: "send", "aria-label": words.send };
      this.button = element("button", send, icon("M12 19V5m-6 6 6-6 6 6"));
      this.node = element(
        "form",
        { class: "composer", part: "composer", novalidate: true, onsubmit: (event) => this.submit(event) },
        element("label", { class: "unseen", for: "field" }, words.message),
        this.field,
        this.button,
      );
    }

    make(name, attributes) {
      const field = { id: "field", class: "field", part: "field", placeholder: this.words.placeholder, dir: "auto" };
      return element(name, { ...field, enterkeyhint: "send", oninput: () => this.typed(), ...attributes });
    }

    focus() {
      this.field.focus({ preventScroll: true });
    }

    disable() {
      this.field.disabled = this.button.disabled = true;
    }

    /** Enter sends what is in the text area; with shift it begins a line. */
    sends({ key, shiftKey, target }) {
      return key === "Enter" && !shiftKey && target === this.area;
    }

    submit(event) {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) {
        this.put("");
        this.say(text);
      }
      this.field.focus();
    }

    /** Put a text into the field. */
    put(text) {
      this.field.value = text;
      this.typed();
    }

    typed() {
      this.memory.draft = this.field.value;
      this.area.style.height = "auto";
      this.area.style.height = `${this.area.scrollHeight}px`;
    }
  }

  return Composer;
});
