/** Answers that are more than a row of buttons: several choices at once, a rating, a date or a time. */
"use strict";

window.Handraiser.define("inputs", ({ element, icon }) => {
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

  function drawSeveral({ choices, step }, answers) {
    const { words, say } = answers.given;
    const picked = new Set();
    const send = answers.button(
      words.send,
      () => {
        const chosen = choices.filter(({ key }) => picked.has(key));
        const join = (name, mark) => chosen.map((choice) => choice[name]).join(mark);
        say(join("label", ", "), join("key", ","), step);
      },
      "choice strong",
      { disabled: true },
    );
    const toggles = choices.map(({ key, label }) => {
      const toggle = answers.button(label, () => {}, "choice toggle", { "aria-pressed": "false" });
      toggle.prepend(icon(TICK));
      toggle.addEventListener("click", () => {
        if (!picked.delete(key)) picked.add(key);
        toggle.ariaPressed = picked.has(key);
        send.disabled = !picked.size;
      });
      return toggle;
    });
    return [element("div", { class: "choices" }, ...toggles), send];
  }

  function drawRating({ input, choices = [], step }, answers) {
    const { words, say } = answers.given;
    const { minimum, maximum, extra } = input;
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
      return answers.button(String(point), () => say(choice.label, choice.key, step), "choice point", {
        "aria-label": [`${point} ${words.of} ${highest}`, ...meaning].join(", "),
      });
    });
    const drawn = element("div", { class: "rating" }, element("div", { class: "points" }, ...buttons));
    drawn.style.setProperty("--columns", columns);
    drawn.style.setProperty("--points", points.length);
    if (ends.some(Boolean)) {
      // In two rows the ends do not stand above their words.
      const named = (end, point) => (columns < points.length && end ? `${point} = ${end}` : end);
      const shown = [named(ends[0], lowest), named(ends[1], highest)].map((end) => element("span", {}, end));
      drawn.append(element("div", { class: "ends", "aria-hidden": true }, ...shown));
    }
    return [drawn];
  }

  /** The browser's own picker, beside the text field: "next Friday" stays possible. */
  function drawPicker({ input: { kind, minimum, maximum } }, answers) {
    const { words, say } = answers.given;
    const { type, length } = PICKERS[kind];
    const bound = (value) => (typeof value === "string" ? value.slice(0, length) : null);
    const bounds = { min: bound(minimum), max: bound(maximum) };
    const picker = element("input", { type, class: "picker", "aria-label": words[kind], ...bounds });
    const send = () => (picker.value ? say(picker.value.replace("T", " ")) : picker.focus());
    picker.addEventListener("keydown", (event) => event.key === "Enter" && send());
    return [picker, answers.button(words.send, send, "choice strong")];
  }

  /** @param {Object} message @param {Answers} answers */
  return (message, answers) => {
    const { kind } = message.input;
    const draw = kind === "rating" ? drawRating : kind === "choices" ? drawSeveral : drawPicker;
    const drawn = document.createDocumentFragment();
    drawn.append(...draw(message, answers));
    return drawn;
  };
});
