/**
 * Answers that are more than a row of buttons: several choices at once, one of many, a rating, a date or a time. All of
 * them are the browser's own controls; what is written into the field instead is an answer too.
 */
"use strict";

window.Handraiser.define("inputs", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";
  const STAR = "m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z";
  const MOST_POINTS = 11;
  /** So many points of a rating stand in one row on any screen. */
  const POINTS_IN_A_ROW = 6;
  /** Kinds the browser has a picker for: its type, how much of an ISO moment it takes, and how it is said. */
  const PICKERS = {
    date: { type: "date", length: 10, dateStyle: "long" },
    time: { type: "time", length: 5, timeStyle: "short" },
    datetime: { type: "datetime-local", length: 16, dateStyle: "long", timeStyle: "short" },
  };

  /** Something to tick inside what looks like a choice: it covers it all, so that a press always hits it. */
  const tick = (look, attributes, ...inside) =>
    element("label", { class: `choice ${look}`, part: "choice", dir: "auto" }, element("input", attributes), ...inside);

  /** Enter does what the button does. */
  const onEnter = (node, button) =>
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target === button) return;
      event.preventDefault();
      button.click();
    });

  function drawSeveral({ choices, step, input: { minimum, maximum } }, answers) {
    const { words, say } = answers.given;
    const boxes = choices.map(({ label }) => tick("toggle", { type: "checkbox" }, icon(TICK), label));
    const picked = () => choices.filter((_, at) => boxes[at].firstChild.checked);
    const press = () => {
      const join = (name, mark) => picked().map((choice) => choice[name]).join(mark);
      say(join("label", ", "), join("key", ","), step);
    };
    const send = answers.button("", press, "choice strong");
    const count = () => {
      const { length } = picked();
      const most = Number.isFinite(maximum) && maximum < choices.length && maximum;
      send.textContent = words.send + (length ? ` (${most ? `${length}/${most}` : length})` : "");
      send.disabled = length < Math.max(minimum || 1, 1);
      for (const { firstChild: box } of boxes) box.disabled = most && length >= most && !box.checked;
    };
    count();
    const drawn = element("div", { class: "choices", onchange: count }, ...boxes);
    onEnter(drawn, send);
    return [drawn, send];
  }

  /** Many buttons, and a field that leaves those that hold what is written. */
  function drawMany({ choices, step }, answers) {
    const { words, say } = answers.given;
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const buttons = choices.map(({ key, label }) => answers.button(label, () => say(label, key, step)));
    const found = element("span", { class: "unseen", role: "status" });
    const seek = () => {
      const wanted = plain(search.value.trim());
      for (const button of buttons) button.hidden = !plain(button.textContent).includes(wanted);
      found.textContent = `${buttons.filter(({ hidden }) => !hidden).length} ${words.of} ${buttons.length}`;
    };
    const look = { type: "search", class: "field", "aria-label": words.search, placeholder: words.search };
    const search = element("input", { ...look, autocomplete: "off", enterkeyhint: "done", oninput: seek });
    search.addEventListener("keydown", (event) => {
      // Enter takes the first that is left, once something is looked for.
      if (event.key === "Enter" && search.value.trim()) buttons.find(({ hidden }) => !hidden)?.click();
    });
    return [search, found, element("div", { class: "choices many" }, ...buttons)];
  }

  function drawRating({ input, choices = [], step }, answers) {
    const { words, say } = answers.given;
    const { minimum, maximum, extra = {} } = input;
    const lowest = Number.isFinite(minimum) ? minimum : 1;
    const count = Number.isFinite(maximum) ? Math.min(maximum - lowest + 1, MOST_POINTS) : 5;
    // Old libraries put an Array.from of their own in the place of the browser's.
    const points = [...Array(Math.max(count, 0)).keys()].map((index) => lowest + index);
    const highest = points.at(-1);
    const labels = extra.labels || [];
    const ends = Array.isArray(labels) ? [labels[0], labels.at(-1)] : [labels[lowest], labels[highest]];
    const columns = points.length > POINTS_IN_A_ROW ? Math.ceil(points.length / 2) : points.length;
    const hasStars = extra.style === "stars";
    let chosen;
    const send = answers.button(words.send, () => {
      const { key, label } = choices.find((choice) => choice.key === String(chosen)) || { label: String(chosen) };
      say(label, key, step);
    }, "choice strong", { hidden: true });
    const radios = points.map((point) => {
      const meaning = [point === lowest && ends[0], point === highest && ends[1]].filter(Boolean);
      const radio = {
        type: "radio",
        name: `rating ${step}`,
        "aria-label": [`${point} ${words.of} ${highest}`, ...meaning].join(", "),
        // Arrows press, too.
        onclick: ({ detail }) => {
          chosen = point;
          send.hidden = false;
          // A finger has decided; arrows are still on their way.
          if (detail) send.click();
        },
      };
      return tick("point", radio, hasStars ? icon(STAR) : String(point));
    });
    const row = element("div", { class: hasStars ? "points stars" : "points" }, ...radios);
    const drawn = element("div", { class: "rating" }, row);
    onEnter(row, send);
    drawn.style.setProperty("--columns", columns);
    drawn.style.setProperty("--points", points.length);
    if (ends.some(Boolean)) {
      // In two rows the ends do not stand above their words.
      const named = (end, point) => (columns < points.length && end ? `${point} = ${end}` : end);
      const shown = [named(ends[0], lowest), named(ends[1], highest)].map((end) => element("span", {}, end));
      drawn.append(element("div", { class: "ends", "aria-hidden": true }, ...shown));
    }
    return [drawn, send];
  }

  /** The browser's own picker, beside the text field: "next Friday" stays possible. */
  function drawPicker({ input: { kind, minimum, maximum }, step }, answers) {
    const { words, say } = answers.given;
    const { type, length, ...style } = PICKERS[kind];
    const bound = (value) => (typeof value === "string" ? value.slice(0, length) : null);
    const bounds = { min: bound(minimum), max: bound(maximum) };
    const picker = element("input", { type, class: "field", "aria-label": words[kind], ...bounds });
    const send = answers.button(words.send, () => {
      if (!picker.value) return picker.focus();
      if (!picker.reportValidity()) return;
      // What is picked is shown in the reader's way, and meant as it was picked.
      const shown = new Date(picker.valueAsNumber).toLocaleString([], { ...style, timeZone: "UTC" });
      say(shown, picker.value.replace("T", " "), step);
    }, "choice strong");
    onEnter(picker, send);
    return [picker, send];
  }

  const DRAW = { rating: drawRating, choices: drawSeveral, choice: drawMany };

  /** @param {Object} message @param {Answers} answers */
  return (message, answers) => {
    const draw = DRAW[message.input?.kind] || (message.choices ? drawMany : drawPicker);
    const drawn = document.createDocumentFragment();
    drawn.append(...draw(message, answers));
    return drawn;
  };
});
