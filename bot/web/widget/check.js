/** Finds the proof that the server asks for before what costs something (docs/chat-protocol.md). */
"use strict";

window.Handraiser.define("check", (parts) => {
  /** So many are tried before the page has its turn: a few milliseconds, on an old phone about twenty. */
  const AT_A_TIME = 2048;

  /** The first word of SHA-256 (FIPS 180-4) of ASCII that fits into one block: where a page has no https, browsers have none to offer. */
  const primes = [];
  for (let number = 2; primes.length < 64; number++) if (primes.every((prime) => number % prime)) primes.push(number);
  /** The first 32 bits of the fractions of the primes' roots. */
  const roots = (power) => primes.map((prime) => ((prime ** power % 1) * 2 ** 32) | 0);
  const constants = roots(1 / 3);
  const begin = roots(0.5);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function firstWord(text) {
    const words = new Int32Array(64);
    const { length } = text;
    for (let at = 0; at < length; at++) words[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    words[15] = length * 8;
    for (let at = 16; at < 64; at++) {
      const early = words[at - 15];
      const late = words[at - 2];
      const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      words[at] = words[at - 16] + small + words[at - 7] + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = begin;
    for (let at = 0; at < 64; at++) {
      const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + mixed + ((e & f) ^ (~e & g)) + constants[at] + words[at]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    // It tells the number that is looked for from all others, but for one time in 70,000 puzzles: then another is set.
    return (a + begin[0]) >>> 0;
  }

  /** Find the number, a little at a time. */
  async function puzzle({ salt, hash, most, signature }) {
    const goal = parseInt(hash.slice(0, 8), 16);
    for (let number = 0; number < most; number++) {
      const said = `${salt}.${number}`;
      if (firstWord(said) === goal) return `${said}.${signature}`;
      if (number % AT_A_TIME === 0) await new Promise((resolve) => setTimeout(resolve));
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
