/**
 * Answers that are more than a row of buttons: several choices at once, one of many, a rating, a date or a time. All of
 * them are the browser's own controls; what is written into the field instead is an answer too.
 */
"use strict";

window.Handraiser.define("inputs", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";
  const STAR = "m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z";
  /** So many points of a rating stand in one row on any screen. */
  const POINTS_IN_A_ROW = 6;
  /** Kinds the browser has a picker for, and how what is picked is said. */
  const PICKERS = {
    date: { dateStyle: "long" },
    time: { timeStyle: "short" },
    datetime: { dateStyle: "long", timeStyle: "short" },
  };

  /** Something to tick inside what looks like a choice: it covers it all, so that a press always hits it. */
  const tick = (look, attributes, ...inside) =>
    element("label", { class: `choice ${look}`, dir: "auto" }, element("input", attributes), ...inside);

  /** Said by a button; by Enter, too, wherever the keyboard stands. */
  const withEnter = (node, button) => {
    node.onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      button.click();
    };
    return [node, button];
  };

  function drawSeveral({ choices, step, input: { minimum, maximum } }, answers) {
    const { words, say } = answers.given;
    const boxes = choices.map(({ label }) => tick("toggle", { type: "checkbox" }, icon(TICK), label));
    const picked = () => choices.filter((_, at) => boxes[at].firstChild.checked);
    const press = () => {
      const join = (name, mark) => picked().map((choice) => choice[name]).join(mark);
      say(join("label", ", "), join("key", ","), step);
    };
    const send = answers.button("", press, "choice strong");
    const most = maximum < choices.length && maximum;
    const count = () => {
      const length = picked().length;
      send.textContent = words.send + (length ? ` (${length}${most ? `/${most}` : ""})` : "");
      send.disabled = length < (minimum || 1);
      for (const { firstChild: box } of boxes) box.disabled = most && length >= most && !box.checked;
    };
    count();
    return withEnter(element("div", { class: "choices", onchange: count }, ...boxes), send);
  }

  /** Many buttons, and a field that leaves those that hold what is written. */
  function drawMany({ choices, step }, answers) {
    const { words, say } = answers.given;
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const buttons = choices.map(({ key, label }) => answers.button(label, () => say(label, key, step)));
    const found = element("span", { class: "unseen", role: "status" });
    const left = () => buttons.filter(({ hidden }) => !hidden);
    const search = element("input", {
      type: "search",
      class: "field",
      "aria-label": words.search,
      placeholder: words.search,
      autocomplete: "off",
      enterkeyhint: "done",
      oninput() {
        for (const button of buttons) button.hidden = !plain(button.textContent).includes(plain(search.value.trim()));
        found.textContent = `${left().length} / ${buttons.length}`;
      },
      // Enter takes the first that is left, once something is looked for.
      onkeydown: ({ key }) => key === "Enter" && search.value.trim() && left()[0]?.click(),
    });
    return [search, found, element("div", { class: "choices many" }, ...buttons)];
  }

  function drawRating({ input: { extra = {} }, choices = [], step }, answers) {
    const { words, say } = answers.given;
    const { labels = [], style } = extra;
    const length = choices.length;
    const columns = length > POINTS_IN_A_ROW ? Math.ceil(length / 2) : length;
    const hasStars = style === "stars";
    let chosen;
    const send = answers.button(words.send, () => say(chosen.label, chosen.key, step), "choice strong", { hidden: true });
    const ends = [];
    const radios = choices.map((choice, at) => {
      const { label } = choice;
      const isEnd = !at || at === length - 1;
      const meaning = isEnd && labels[at && 1];
      // In two rows the ends do not stand above their words.
      if (meaning) ends.push(element("span", {}, columns < length ? `${label} = ${meaning}` : meaning));
      const radio = {
        type: "radio",
        name: `rating ${step}`,
        "aria-label": `${label} / ${choices.at(-1).label}${meaning ? `, ${meaning}` : ""}`,
        // Arrows press, too.
        onclick({ detail }) {
          chosen = choice;
          send.hidden = false;
          // A finger has decided; arrows are still on their way.
          if (detail) send.click();
        },
      };
      return tick("point", radio, hasStars ? icon(STAR) : label);
    });
    const row = element("div", { class: hasStars ? "points stars" : "points" }, ...radios);
    const below = ends[0] && element("div", { class: "ends", "aria-hidden": true }, ...ends);
    const drawn = element("div", { class: "rating" }, row, below);
    drawn.style.setProperty("--columns", columns);
    return withEnter(drawn, send);
  }

  /** The browser's own picker, beside the text field: "next Friday" stays possible. */
  function drawPicker({ text, input: { kind, minimum, maximum }, step }, answers) {
    const { words, say } = answers.given;
    const type = kind === "datetime" ? "datetime-local" : kind;
    // A picker knows no time zones.
    const bound = (moment) => moment?.slice(0, 16);
    const bounds = { min: bound(minimum), max: bound(maximum) };
    const picker = element("input", { type, class: "field", "aria-label": text, ...bounds });
    const press = () => {
      if (!picker.value) return picker.focus();
      if (!picker.reportValidity()) return;
      // What is picked is shown in the reader's way, and meant as it was picked.
      const shown = new Date(picker.valueAsNumber).toLocaleString([], { ...PICKERS[kind], timeZone: "UTC" });
      say(shown, picker.value.replace("T", " "), step);
    };
    return withEnter(picker, answers.button(words.send, press, "choice strong"));
  }

  const DRAW = { rating: drawRating, choices: drawSeveral };

  /** @param {Object} message @param {Answers} answers */
  return (message, answers) => {
    const draw = DRAW[message.input?.kind] || (message.choices ? drawMany : drawPicker);
    const drawn = document.createDocumentFragment();
    drawn.append(...draw(message, answers));
    return drawn;
  };
});
