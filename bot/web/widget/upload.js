/**
 * Sends files of the visitor's, one after the other: chosen, dropped or pasted; shows how far each is, and why one is not
 * taken. It is safe with the server before a message names it, and the same file sent twice (the same id) is one.
 */
"use strict";

window.Handraiser.define("upload", ({ element, icon }) => {
  const CLIP = "m21 11-9 9a5 5 0 0 1-7-7l9-9a3 3 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7";

  /** Whether HTML's `accept` lets a file in. A browser that knows no type leaves it to the server. */
  const fits = ({ name, type }, accept) =>
    accept.split(",").some((kind) => {
      if (kind[0] === ".") return name.toLowerCase().endsWith(kind);
      return !type || (type.startsWith(kind.slice(0, -1)) && !type.endsWith("svg+xml"));
    });

  /** A number of bytes, for people. */
  function size(bytes) {
    const [one, unit] = bytes < 1e6 ? [1e3, "KB"] : [1e6, "MB"];
    return `${(bytes / one).toLocaleString([], { maximumFractionDigits: 1 })} ${unit}`;
  }

  /**
   * @param {Panel} panel
   * @param {Object} input what is wanted
   * @param {boolean} [beside] whether it stands beside the field, as a paper clip, rather than above it
   * @returns {{node: HTMLElement, button: HTMLElement}} what stands above the field, and what opens the choice of files
   */
  return function Upload(panel, { maximum, extra }, beside) {
    const { words, language, chat, memory, panel: area } = panel;
    /** Bytes that the server takes of any file. */
    const { largest = Infinity } = panel.uploads || {};
    const limit = Math.min(largest, maximum || largest);
    const most = ` ≤ ${size(limit)}`;
    /** The one that is under way, those that follow it, and what is told of those that were not taken. */
    let request;
    const waiting = [];
    let refused;

    const chooser = element("input", { type: "file", accept: extra.accept, multiple: beside, hidden: true, onchange: () => take(chooser.files) });
    const onclick = () => chooser.click();
    const label = words.chooseFile;
    const look = { type: "button", class: beside ? "clip" : "choice", "aria-label": label, onclick };
    const button = element("button", look, icon(CLIP), !beside && label);
    const bar = element("progress", { hidden: true });
    const told = element("span", { role: "status", dir: "auto" });
    const act = element("button", { class: "again", hidden: true });
    const offer = beside ? [] : [button, element("small", { dir: "auto" }, extra.kinds + most)];
    const node = element("div", { class: beside ? "upload beside" : "upload" }, ...offer, chooser, bar, told, act);

    /** Of what is dragged or pasted into the chat, the files are ours. */
    area.ondragover = area.ondrop = area.onpaste = (event) => {
      const { types, files } = event.dataTransfer || event.clipboardData;
      // Pasted cells and words may bring a picture of themselves along.
      if (!node.isConnected || !types.includes("Files") || (event.type === "paste" && types.includes("text/plain"))) return;
      event.preventDefault();
      if (event.type !== "dragover") take(files);
    };

    /** Of files that come together a question takes the first, a person all. */
    function take(files) {
      if (beside || !request) waiting.push(...[...files].slice(0, beside ? Infinity : 1));
      chooser.value = "";
      if (!request) refused = "";
      next();
    }

    function next() {
      const file = !request && waiting.shift();
      if (!file) return;
      if (file.size > limit) refuse(file, { code: "too_large" });
      else if (!fits(file, extra.accept)) refuse(file, { code: "wrong_type" });
      else send(file, memory.tab + Date.now());
    }

    function send(file, id) {
      const { name } = file;
      const sent = (request = new XMLHttpRequest());
      let cancelled;
      sent.open(
        "POST",
        `${chat.server}/api/v1/conversations/${memory.talk.conversation}/files?${new URLSearchParams({ id, name, language })}`,
      );
      sent.setRequestHeader("Authorization", `Bearer ${memory.talk.token}`);
      sent.responseType = "json";
      sent.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / (total || 1));
      sent.onloadend = () => {
        request = null;
        const { status } = sent;
        const error = sent.response?.error || {};
        show();
        if (status === 201) panel.say("", undefined, undefined, { file: sent.response.file.id, name });
        if (cancelled || status === 201) next();
        else if (/4(?!08|29)../.test(status)) refuse(file, error);
        else {
          const again = () => send(file, id);
          show(`${name}: ${error.message || words.failed}`, words.retry, again);
          window.addEventListener("online", () => act.onclick === again && again(), { once: true });
        }
      };
      show(`${name}: ${words.sending}${waiting[0] ? ` +${waiting.length}` : ""}`, words.cancel, () => {
        cancelled = true;
        sent.abort();
        button.focus();
      });
      bar.ariaLabel = name;
      bar.value = 0;
      bar.hidden = false;
      sent.send(file);
    }

    /** Why it is not taken: the server says so in the chat's own language. */
    function refuse({ name }, { code, message }) {
      const why = { too_large: words.tooLarge + most, wrong_type: words.wrongFile };
      refused += `${name}: ${message || why[code] || words.failed} `;
      show();
      next();
    }

    /** What is told, and what can be done about it. */
    function show(text = "", label = "", onclick = null) {
      told.textContent = refused + text;
      bar.hidden = true;
      button.disabled = !!request;
      act.hidden = !label;
      act.textContent = label;
      act.onclick = onclick;
    }

    return { node, button };
  };
});
