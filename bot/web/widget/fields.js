/** Gives the field the keyboard and the autofill that the question wants; what is typed stays. */
"use strict";

window.Handraiser.define("fields", () => {
  /** @param {Composer} composer @param {Object|null} message the question that stands */
  return (composer, message) => {
    const { kind, autocomplete, placeholder, extra } = message?.input || {};
    const before = composer.field;
    let wanted = composer.area;
    // What a one-line field with the right keyboard serves better. A number is no type="number": "about fifty" is an
    // answer too.
    if (/email|tel|url|number|decimal/.test(kind) || (kind === "text" && autocomplete)) {
      const type = /email|tel|url/.test(kind) ? kind : "text";
      const inputmode = kind === "number" ? "numeric" : kind;
      wanted = composer.make("input", { type, inputmode, autocomplete: autocomplete || (type === kind ? kind : "off") });
    }
    wanted.placeholder = placeholder || composer.words.placeholder;
    composer.node.dataset.unit = wanted.ariaDescription = extra?.unit || extra?.currency || "";
    if (wanted === before) return;
    const focused = before.matches(":focus");
    wanted.value = before.value;
    wanted.disabled = before.disabled;
    before.replaceWith(wanted);
    composer.field = wanted;
    composer.typed();
    if (focused) composer.focus();
  };
});
