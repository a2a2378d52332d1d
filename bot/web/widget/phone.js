/**
 * The country of a phone number, beside the field: chosen from a list of names, it writes its dialling code into the
 * field; a code that is typed chooses the country. Digits are set in groups while they are typed.
 */
"use strict";

window.Handraiser.define("phone", ({ element }) => {
  const GROUP = /(\d{3})(?=\d{2})/g;

  /** @param {Panel} panel @param {Object} input what is asked for */
  return function Phone({ words, chat, composer, language }, { extra }) {
    const field = composer.field;
    /** Dialling codes by country; none begins like another. */
    let codes = {};

    const select = element("select", { class: "field", "aria-label": words.country, onchange: choose });
    const node = element("label", { class: "phone", hidden: true }, element("span", { "aria-hidden": true }, words.country), select);
    field.addEventListener("input", typed);
    load();
    return { node };

    /** Where the list cannot be had, the field alone does. */
    async function load() {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const names = new Intl.DisplayNames(language, { type: "region" });
      try {
        const answer = await fetch(`${chat.server}/api/v1/dialling-codes?time_zone=${encodeURIComponent(zone)}`);
        const list = await answer.json();
        codes = list.codes;
        const named = Object.keys(codes).map((key) => [names.of(key), key]);
        named.sort(([one], [other]) => one.localeCompare(other, language));
        for (const [name, value] of named) select.append(element("option", { value }, `${name} (+${codes[value]})`));
        select.value = extra?.region || list.here || "";
        typed({});
        node.hidden = false;
      } catch {
        // As it was.
      }
    }

    /** Put a number with its dialling code into the field. */
    function put(code, digits) {
      composer.put(`+${code} ${digits.replace(GROUP, "$1 ")}`);
    }

    /** The dialling code that stands in the field, if one does, and the digits behind it. */
    function split() {
      const text = field.value.replace(/\s/g, "");
      const digits = text.match(/^(?:\+|00)(\d*)$/)?.[1] || "";
      const code = Object.values(codes).find((one) => digits.startsWith(one));
      return code ? [code, digits.slice(`${code}`.length)] : [0, /\d/.test(text) ? field.value.trim() : ""];
    }

    /** What is typed already stays, behind the code of the country. */
    function choose() {
      put(codes[select.value], split()[1]);
      composer.focus();
    }

    function typed({ inputType }) {
      const [code, digits] = split();
      if (!code) return;
      if (codes[select.value] !== code) select.value = Object.keys(codes).find((key) => codes[key] === code);
      // Taking a digit away must not put a space back, nor may the caret jump.
      if (inputType?.startsWith("insert") && field.selectionStart === field.value.length) put(code, digits);
    }
  };
});
