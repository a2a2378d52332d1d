/** What the page tells of itself and its visitor during the talk, and what of it was not taken. */
"use strict";

window.Handraiser.define("page", ({ memory }) => {
  /** Told again after so long, where the server had no time for it. */
  const AGAIN_SECONDS = 3;

  class Page {
    /** Told, and not acknowledged yet: id to frame. */
    #untold = new Map();
    /** What the page has been told once is not told again with each hello. */
    #reported = new Set();

    /** @param {HandraiserChat} chat @param {Connection} connection */
    constructor(chat, connection) {
      this.chat = chat;
      this.connection = connection;
    }

    /** @param {{fields?: Object, data?: Object, identity?: string, start?: string}} more */
    tell(more) {
      const id = memory.uuid();
      this.#untold.set(id, { type: "tell", id, ...more });
      this.flush();
    }

    /** What was told under this id. */
    find(id) {
      return this.#untold.get(id);
    }

    flush() {
      for (const frame of this.#untold.values()) this.connection.pass(frame);
    }

    hear({ type, id, code, retry_after, problems }) {
      this.report(problems);
      const frame = this.#untold.get(id);
      if (type === "welcome") this.flush();
      else if (!frame || code === "human_check") return;
      else if (code === "too_many" || code === "not_saved") {
        setTimeout(() => this.flush(), (retry_after || AGAIN_SECONDS) * 1000);
      } else {
        this.#untold.delete(id);
        // Somebody else sits here now: they begin anew, as who they are.
        if (code === "other_person") reset(this.chat, { identity: frame.identity });
      }
    }

    /** Let the page know what of its words was not taken. */
    report(problems) {
      for (const problem of problems || []) {
        if (this.#reported.has(problem.message)) continue;
        this.#reported.add(problem.message);
        console.warn(`Handraiser: ${problem.message}`);
        this.chat.announce("error", problem);
      }
    }
  }

  /** Forget the visitor of this browser, in every chat of the server. @param {Object} [extras] what is told next */
  function reset(chat, extras = {}) {
    memory.forget(chat.server);
    for (const one of document.querySelectorAll("handraiser-chat")) {
      if (one.server !== chat.server) continue;
      one.extras = { touch: one.extras.touch, ...extras };
      one.rebuild();
    }
  }

  return { Page, reset };
});
