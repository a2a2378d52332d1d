/** What the page tells of itself and its visitor, what of it was not taken, and what is to be proven or forgotten. */
"use strict";

window.Handraiser.define("page", ({ memory, need }) => {
  const TOLD = ["fields", "data", "identity", "start"];
  /** Told again after so long, where the server had no time for it. */
  const AGAIN_SECONDS = 3;

  class Page {
    /** Told, and not acknowledged yet: id to frame. */
    #untold = new Map();
    /** What the page has heard once is not said again with each hello. */
    #reported = new Set();

    /** @param {HandraiserChat} chat @param {Connection} connection */
    constructor(chat, connection) {
      this.chat = chat;
      this.connection = connection;
    }

    /** @param {{fields?: Object, data?: Object, identity?: string, start?: string}} more */
    tell(more) {
      const { extras } = this.chat;
      // A signature ages, and nobody wants to begin there twice.
      delete extras.identity;
      delete extras.start;
      const id = memory.unique();
      const frame = { type: "tell", id, ...more };
      this.#untold.set(id, frame);
      this.connection.pass(frame);
    }

    /** The server has let the visitor in after hearing `said`: what was not in it is told now. */
    told({ begun, problems }, said) {
      const { extras } = this.chat;
      const late = {};
      for (const key of TOLD) {
        const given = extras[key];
        // Where to begin counts only where it begins.
        if (given && !(given === said[key] && (begun || key !== "start"))) late[key] = given;
      }
      if (Object.keys(late).length) this.tell(late);
      delete extras.identity;
      delete extras.start;
      this.#report(problems);
    }

    flush() {
      for (const frame of this.#untold.values()) this.connection.pass(frame);
    }

    hear({ type, id, code, retry_after, problems }) {
      if (type === "welcome") this.flush();
      else if (code === "too_many" || code === "not_saved") {
        if (this.#untold.has(id)) setTimeout(() => this.flush(), (retry_after || AGAIN_SECONDS) * 1000);
      } else if (!/human_check|other_person/.test(code)) {
        this.#untold.delete(id);
        this.#report(problems);
      }
    }

    /** Something, or hello, was refused until it is proven that a person asks; or somebody else sits here now. */
    async refused({ id, code, challenge }) {
      const { chat, connection } = this;
      const frame = this.#untold.get(id);
      if (code === "other_person") return reset(chat, { ...chat.extras, ...(frame && { identity: frame.identity }) });
      const whose = connection.sending.find(id) || frame || chat.extras;
      whose.proof = await (await need("check"))(chat, challenge).catch(() => "");
      connection.resume();
      this.flush();
    }

    /** Let the page know what of its words was not taken. */
    #report(problems) {
      for (const problem of problems || []) {
        if (this.#reported.has(problem.message)) continue;
        this.#reported.add(problem.message);
        console.warn(`Handraiser: ${problem.message}`);
        this.chat.announce("error", problem);
      }
    }
  }

  /** Forget the visitor of this browser, in every chat of the server and in every tab. @param {Object} [extras] */
  function reset(chat, extras) {
    const { server } = chat;
    const isOurs = (key) => /^[:|]/.test(key.slice(11 + server.length)) && !/:open$/.test(key);
    for (const area of ["localStorage", "sessionStorage"]) {
      try {
        for (const key in { ...window[area] }) {
          if (key.startsWith(`handraiser:${server}`) && isOurs(key)) delete window[area][key];
        }
        // Other tabs hear of it.
        if (area === "localStorage") window[area][`handraiser:${server}:reset`] = Date.now();
      } catch {
        // Then it is only in the page's own memory.
      }
    }
    for (const key in memory.own) delete memory.own[key];
    for (const one of document.querySelectorAll("handraiser-chat")) {
      if (one.server !== server) continue;
      one.extras = { touch: one.extras.touch, ...extras };
      one.rebuild();
    }
  }

  return { Page, reset };
});
