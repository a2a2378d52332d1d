/**
 * Sends a file of the visitor's: chosen, dropped or pasted; shows how far it is, and why one is not taken. It is safe with
 * the server before a message names it, and the same file sent twice (the same id) is one.
 */
"use strict";

window.Handraiser.define("upload", ({ element, icon, dress }) => {
  const CLIP = "m20.5 11-8.6 8.6a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.9";
  const OUTSIDE = ["dragover", "drop", "paste"];

  /** Whether HTML's `accept` lets a file in. A browser that knows no type leaves it to the server. */
  function fits({ name, type }, accept) {
    const isOf = (family) => !type || (type.startsWith(family) && !type.endsWith("svg+xml"));
    const isOfKind = (kind) => (kind[0] === "." ? name.toLowerCase().endsWith(kind) : isOf(kind.slice(0, -1)));
    return accept.split(",").some(isOfKind);
  }

  /** A number of bytes, for people. */
  function size(bytes) {
    const [one, unit] = bytes < 1e6 ? [1e3, "KB"] : [1e6, "MB"];
    return `${(bytes / one).toLocaleString([], { maximumFractionDigits: 1 })} ${unit}`;
  }

  class Upload {
    #request = null;

    /**
     * @param {Object} given
     * @param {Object} given.message whose `input` says what is wanted
     * @param {Object<string, string>} given.words
     * @param {string} given.server
     * @param {Memory} given.memory
     * @param {function(string, string=, string=, Object=): void} given.say
     * @param {number} given.largest bytes that the server takes of any file
     * @param {boolean} [given.beside] whether it stands beside the field, as a paper clip, rather than above it
     */
    constructor({ message, words, server, memory, say, largest = Infinity, beside }) {
      Object.assign(this, { words, server, memory, say });
      const { accept, kinds } = message.input.extra;
      this.accept = accept;
      this.largest = Math.min(largest, message.input.maximum || largest);
      this.most = ` ≤ ${size(this.largest)}`;
      const onchange = () => this.#take(this.chooser.files);
      this.chooser = element("input", { type: "file", accept, hidden: true, onchange });
      const look = { type: "button", class: beside ? "clip" : "choice", "aria-label": beside && words.chooseFile };
      const onclick = () => this.chooser.click();
      this.button = element("button", { ...look, onclick }, icon(CLIP), beside ? null : words.chooseFile);
      this.bar = element("progress", { max: 1, hidden: true });
      this.told = element("span", { role: "status", dir: "auto" });
      this.act = element("button", { type: "button", class: "again", hidden: true });
      this.node = element(
        "div",
        { class: beside ? "upload beside" : "upload", part: "upload" },
        beside ? null : this.button,
        beside ? null : element("small", { dir: "auto" }, `${kinds}${this.most}`),
        this.chooser,
        this.bar,
        this.told,
        this.act,
      );
      this.#heed("add");
      // Where it stands is known later, unless it is gone by then.
      setTimeout(() => this.node.isConnected && dress(this.node.getRootNode(), "css:upload.css"));
    }

    #heed(act) {
      for (const event of OUTSIDE) window[`${act}EventListener`](event, this.#hear, true);
    }

    /** Of what is dragged or pasted into the chat, the files are ours. */
    #hear = (event) => {
      if (!this.node.isConnected) return this.#heed("remove");
      const data = event.dataTransfer || event.clipboardData;
      if (!event.composedPath().includes(this.node.getRootNode()) || !data?.types.includes("Files")) return;
      // Pasted cells and words may bring a picture of themselves along.
      if (event.type === "paste" && data.types.includes("text/plain")) return;
      event.preventDefault();
      if (event.type !== "dragover") this.#take(data.files);
    };

    #take([file]) {
      this.chooser.value = "";
      if (!file || this.#request) return;
      if (file.size > this.largest) this.#refuse(file, "too_large");
      else if (!fits(file, this.accept)) this.#refuse(file, "wrong_type");
      else this.#send(file, this.memory.tab + Date.now());
    }

    #send(file, id) {
      const { conversation, token } = this.memory.talk;
      const request = (this.#request = new XMLHttpRequest());
      const query = new URLSearchParams({ id, name: file.name });
      request.open("POST", `${this.server}/api/v1/conversations/${conversation}/files?${query}`);
      request.setRequestHeader("Authorization", `Bearer ${token}`);
      request.responseType = "json";
      request.upload.onprogress = ({ loaded, total }) => (this.bar.value = loaded / (total || 1));
      request.onloadend = () => {
        this.#request = null;
        const { status, response } = request;
        if (status === 201 || request.cancelled) this.#show("", "");
        if (status === 201) this.say("", undefined, undefined, { file: response.file.id, name: file.name });
        else if (status > 399 && status < 500 && status !== 408 && status !== 429) {
          this.#refuse(file, response?.error?.code);
        } else if (!request.cancelled) {
          const again = () => this.#send(file, id);
          this.#show(`${file.name}: ${this.words.failed}`, this.words.retry, again);
          window.addEventListener("online", () => this.act.onclick === again && again(), { once: true });
        }
      };
      this.#show(`${file.name}: ${this.words.sending}`, this.words.cancel, () => {
        request.cancelled = true;
        request.abort();
        this.button.focus();
      });
      this.bar.ariaLabel = file.name;
      this.bar.value = 0;
      this.bar.hidden = false;
      request.send(file);
    }

    #refuse(file, code) {
      const { words } = this;
      const why = { too_large: words.tooLarge + this.most, wrong_type: words.wrongFile };
      this.#show(`${file.name}: ${why[code] || words.failed}`, "");
    }

    /** What is told, and what can be done about it. */
    #show(text, label, act = null) {
      this.told.textContent = text;
      this.bar.hidden = true;
      this.button.disabled = !!this.#request;
      this.act.hidden = !label;
      this.act.textContent = label;
      this.act.onclick = act;
    }
  }

  return Upload;
});
