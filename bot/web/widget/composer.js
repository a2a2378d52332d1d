/** The field to write in: it grows with the text, and keeps it over a reload. fields.js suits it to the question. */
"use strict";

/**
 * @param {Object} given
 * @param {Object<string, string>} given.words
 * @param {Memory} given.memory
 * @param {function(string): void} given.say
 */
window.Handraiser.define("composer", ({ element, icon }) => ({ words, memory, say }) => {
  function make(name, attributes) {
    return element(name, {
      id: "field",
      class: "field",
      "aria-label": words.message,
      placeholder: words.placeholder,
      dir: "auto",
      oninput: () => composer.typed(),
      enterkeyhint: "send",
      ...attributes,
    });
  }

  function submit(event) {
    event.preventDefault();
    const text = composer.field.value.trim();
    if (text) {
      composer.put("");
      say(text);
    }
    composer.field.focus();
  }

  const area = make("textarea", { rows: 1, autocomplete: "off" });
  area.value = memory.draft || "";
  const button = element("button", { class: "send", "aria-label": words.send }, icon("M12 19V5m-6 6 6-6 6 6"));

  const composer = {
    words,
    make,
    submit,
    area,
    /** The one that stands: the text area, or what fields.js has put in its place. */
    field: area,
    node: element("form", { class: "composer", novalidate: true, onsubmit: submit }, area, button),

    focus() {
      composer.field.focus({ preventScroll: true });
    },

    disable() {
      composer.field.disabled = button.disabled = true;
    },

    /** Put a text into the field. */
    put(text) {
      composer.field.value = text;
      composer.typed();
    },

    typed() {
      memory.draft = composer.field.value;
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight}px`;
    },
  };
  return composer;
});
