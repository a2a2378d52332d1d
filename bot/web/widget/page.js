/** What the page tells of itself and its visitor, what of it was not taken, and what is to be proven or forgotten. */
"use strict";

window.Handraiser.define("page", (parts) => {
  const TOLD = ["fields", "data", "identity", "start"];
  /** Told again after so long, where the server had no time for it. */
  const AGAIN_SECONDS = 3;

  /** @param {HandraiserChat} chat @param {Connection} connection */
  function Page(chat, connection) {
    /** Told, and not acknowledged yet: id to frame. */
    const untold = new Map();
    /** What the page has heard once is not said again with each hello. */
    const reported = new Set();

    /** A signature ages, and nobody wants to begin there twice. */
    function spend() {
      delete chat.extras.identity;
      delete chat.extras.start;
    }

    /** @param {{fields?: Object, data?: Object, identity?: string, start?: string}} more */
    function tell(more) {
      spend();
      const id = parts.memory.unique();
      const frame = { type: "tell", id, ...more };
      untold.set(id, frame);
      connection.pass(frame);
    }

    /** The server has let the visitor in after hearing `said`: what was not in it is told now. */
    function told({ begun, problems }, said) {
      const late = {};
      for (const key of TOLD) {
        const value = chat.extras[key];
        // Where to begin counts only where it begins.
        if (value && (value !== said[key] || (key === "start" && !begun))) late[key] = value;
      }
      if (Object.keys(late)[0]) tell(late);
      spend();
      report(problems);
    }

    const flush = () => untold.forEach((frame) => connection.pass(frame));

    function hear({ type, id, code, retry_after, problems }) {
      if (type === "welcome") flush();
      else if (code === "too_many" || code === "not_saved") {
        if (untold.has(id)) setTimeout(flush, (retry_after || AGAIN_SECONDS) * 1000);
      } else if (!/human_check|other_person/.test(code)) {
        untold.delete(id);
        report(problems);
      }
    }

    /** Something, or hello, was refused until it is proven that a person asks; or somebody else sits here now. */
    async function refused({ id, code, challenge }) {
      const frame = untold.get(id);
      if (code === "other_person") return reset(chat, { ...chat.extras, ...(frame && { identity: frame.identity }) });
      const whose = connection.outgoing.find(id) || frame || chat.extras;
      whose.proof = await parts.check(chat, challenge).catch(() => "");
      connection.resume();
      flush();
    }

    /** Let the page know what of its words was not taken. */
    function report(problems = []) {
      for (const problem of problems) {
        if (reported.has(problem.message)) continue;
        reported.add(problem.message);
        console.warn(`Handraiser: ${problem.message}`);
        chat.announce("error", problem);
      }
    }

    return { tell, told, hear, refused };
  }

  /** Forget the visitor of this browser, in every chat of the server and in every tab. @param {Object} [extras] */
  function reset({ server }, extras) {
    const prefix = `handraiser:${server}`;
    for (const area of ["localStorage", "sessionStorage"]) {
      try {
        for (const key in { ...window[area] }) {
          if (key.startsWith(prefix) && /^[:|]/.test(key.slice(prefix.length)) && !key.endsWith(":open")) delete window[area][key];
        }
        // Other tabs hear of it.
        if (area === "localStorage") window[area][`${prefix}:reset`] = Date.now();
      } catch {
        // Then it is only in the page's own memory.
      }
    }
    for (const key in parts.own) delete parts.own[key];
    for (const one of document.querySelectorAll("handraiser-chat")) {
      if (one.server !== server) continue;
      one.extras = { touch: one.extras.touch, ...extras };
      one.rebuild();
    }
  }

  return { Page, reset };
});
