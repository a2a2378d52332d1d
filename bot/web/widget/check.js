/** Finds the proof that the server asks for before what costs something (docs/chat-protocol.md). */
"use strict";

window.Handraiser.define("check", (parts) => {
  /** Find the number, one after the other; the browser hashes beside the page. SHA-256 is there on https alone. */
  async function puzzle({ salt, hash, most, signature }) {
    for (let number = 0; number < most; number++) {
      const said = `${salt}.${number}`;
      const found = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said)));
      if (found.every((byte, at) => byte === parseInt(hash.slice(2 * at, 2 * at + 2), 16))) return `${said}.${signature}`;
    }
  }

  /**
   * Another house's check, above the field; its script finds only what stands in the page itself, and calls what its
   * address names when all of it is there.
   */
  async function elsewhere(chat, { kind, script, site_key }) {
    const { element, policy } = parts;
    if (!window[kind]) {
      await new Promise((ready, onerror) => {
        window.handraiserCheck = ready;
        const node = element("script", { onerror });
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
        window[kind].render(box, { sitekey: site_key, callback, "error-callback": reject });
      });
    } finally {
      box.remove();
      slot.remove();
    }
  }

  /** @returns {Promise<string|undefined>} the proof that answers a challenge; nothing where it has no answer */
  return (chat, challenge) => (challenge.kind === "puzzle" ? puzzle(challenge) : elsewhere(chat, challenge));
});
