/** Finds the proof that the server asks for before what costs something (docs/chat-protocol.md). */
"use strict";

window.Handraiser.define("check", (parts) => {
  /** So many are tried before the page has its turn: a few milliseconds, on an old phone about twenty. */
  const AT_A_TIME = 1024;

  /** The hash of a text, as the server mixes it (bot/human_checks/puzzle.py): of SHA-256 browsers know only on https. */
  function mix(text) {
    let sum = 0;
    for (let step = 0; step < 1000; step++) {
      sum = Math.imul(sum ^ text.charCodeAt(step % text.length), 0x9e3779b1);
      sum ^= sum >>> 15;
    }
    return sum >>> 0;
  }

  /** Find the number, a little at a time. */
  async function puzzle({ salt, mixed, most, signature }) {
    for (let number = 0; number < most; number++) {
      const said = `${salt}.${number}`;
      if (mix(said) === mixed) return `${said}.${signature}`;
      if (number % AT_A_TIME === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** Another house's check, above the field; its script finds only what stands in the page itself. */
  async function elsewhere(chat, { kind, script, site_key }) {
    const { element, policy } = parts;
    if (!window[kind]) {
      await new Promise((onload, onerror) => {
        const node = element("script", { onload, onerror });
        node.src = policy.createScriptURL(script);
        document.head.append(node);
      });
    }
    const slot = element("slot", { name: "check" });
    const box = element("div", { slot: "check" });
    chat.shadowRoot.getElementById("panel").lastElementChild.before(slot);
    chat.append(box);
    try {
      return await new Promise((callback, reject) => {
        const its = window[kind];
        const render = () => its.render(box, { sitekey: site_key, callback, "error-callback": reject });
        // Scripts that are loaded may still be about to begin.
        if (its.ready) its.ready(render);
        else render();
      });
    } finally {
      box.remove();
      slot.remove();
    }
  }

  /** @returns {Promise<string|undefined>} the proof that answers a challenge; nothing where it has no answer */
  return (chat, challenge) => (challenge.kind === "puzzle" ? puzzle(challenge) : elsewhere(chat, challenge));
});
