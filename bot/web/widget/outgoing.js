/** What the visitor said, on screen, and how it is doing: sending, waiting, sent or failed. */
"use strict";

window.Handraiser.define("outgoing", ({ element, icon }) => {
  const TICK = "m5 12.5 4.5 4.5L19 7.5";

  class Outgoing {
    /** Not acknowledged yet: id to element. */
    #pending = new Map();

    /**
     * @param {Transcript} transcript
     * @param {Object} given
     * @param {Object<string, string>} given.words
     * @param {Answers} given.answers
     * @param {function(string): void} given.retry
     * @param {function(string, string): void} given.shorten id and text of something too long to send
     */
    constructor(transcript, given) {
      this.transcript = transcript;
      this.given = given;
      for (const drawn of transcript.messages.querySelectorAll(".own")) this.#mark(drawn, "sent");
    }

    /** The first of those that are not acknowledged: what comes stands before it. */
    get first() {
      return this.#pending.values().next().value;
    }

    clear() {
      this.#pending.clear();
    }

    /** Something said that is not acknowledged. */
    add(item) {
      if (this.#pending.has(item.id)) return;
      const drawn = this.transcript.put(this.transcript.own(item), null);
      this.#pending.set(item.id, drawn);
      this.#mark(drawn, "sending");
      this.given.answers.close();
      if (item.failed) this.progress(item.id, "failed", item.failed);
    }

    /** A message of the visitor in its place: the one that was pending, or a new one. @returns {boolean} */
    settle(message) {
      const drawn = this.#pending.get(message.id) || this.transcript.own(message);
      if (drawn !== this.first) this.transcript.put(drawn);
      this.#pending.delete(message.id);
      this.#mark(drawn, "sent");
      return true;
    }

    progress(id, state, code) {
      const drawn = this.#pending.get(id);
      if (drawn) this.#mark(drawn, state, id, code);
    }

    #mark(drawn, state, id, code) {
      const { words, retry } = this.given;
      const line = drawn.querySelector(".state");
      if (line.dataset.state === state) return;
      line.dataset.state = state;
      let [text, label, onclick] = [words[state], words.retry, () => retry(id)];
      if (code === "too_long") [text, label, onclick] = [words.tooLong, words.shorten, () => this.#shorten(id, drawn)];
      line.replaceChildren(text);
      if (state === "sent") line.prepend(icon(TICK));
      if (state === "failed" || state === "waiting") {
        line.append(" ", element("button", { type: "button", class: "again", onclick }, label));
      }
    }

    #shorten(id, drawn) {
      this.given.shorten(id, drawn.querySelector(".bubble").textContent);
      this.#pending.delete(id);
      drawn.remove();
      if (!this.#pending.size) this.given.answers.reopen();
    }
  }

  return Outgoing;
});
