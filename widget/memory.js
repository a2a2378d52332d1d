/**
 * What the browser keeps of one chat: the visitor's token, how far they have read, what is not sent yet.
 * Keyed by server and script, so that two chats on a page keep apart; the token alone is the same for both. Where storage
 * is refused (private windows, a full disk) the page's own memory takes its place.
 */
"use strict";

window.Handraiser.define("memory", () => {
  /** What storage did not take: for as long as the page lives. */
  const own = {};

  /** A value kept under a key; null where nothing is. @param {Storage|"localStorage"|"sessionStorage"} area */
  function read(area, key) {
    try {
      return own[key] ?? JSON.parse(window[area].getItem(key));
    } catch {
      return null;
    }
  }

  /** Keep a value; null removes it. */
  function write(area, key, value) {
    delete own[key];
    try {
      if (value === null) window[area].removeItem(key);
      else window[area].setItem(key, JSON.stringify(value));
    } catch {
      own[key] = value;
    }
  }

  function keysOf(area) {
    try {
      return [...Object.keys(own), ...Object.keys(window[area])];
    } catch {
      // Then they are all our own.
      return Object.keys(own);
    }
  }

  /** A version 4 UUID; `randomUUID` itself exists only on https pages. */
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const digit = () => crypto.getRandomValues(new Uint8Array(1))[0] & 15;
    return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (letter) =>
      (letter === "x" ? digit() : (digit() & 3) | 8).toString(16),
    );
  }

  /** Names of what is kept, for as long as the browser and for the tab alone. */
  const NAMES = {
    /**
     * `talk`: {token, conversation}. `script`: its name, title, language, direction and persona as last heard. `unread`:
     * how many messages came while the chat was closed. `awaited`: until when the next pages listen for an answer.
     * `here`: when the visitor was seen last. `engaged`: 1 once they said something.
     */
    localStorage: ["talk", "script", "last", "unread", "awaited", "here", "engaged"],
    /** `draft`: what is half typed. `visited`: 1 once the visit was told. `blocked`: 1 where WebSockets are. */
    sessionStorage: ["draft", "open", "visited", "blocked"],
  };

  /**
   * A message of the visitor that is not acknowledged yet. Each has its own key, so that tabs never overwrite
   * each other's.
   * @typedef {{id: string, text: string, choice?: string, step?: string, at: number, tab: string, failed?: string}} Item
   */

  class Memory {
    static uuid = uuid;

    /** Forget everything about a server's visitor. Other tabs hear of it by the key that is left. */
    static forget(server) {
      const prefix = `handraiser:${server}`;
      for (const area of ["localStorage", "sessionStorage"]) {
        for (const key of keysOf(area)) if (/^[:|]/.test(key.slice(prefix.length)) && key.startsWith(prefix)) write(area, key, null);
      }
      write("localStorage", `${prefix}:reset`, Date.now());
    }

    /** @param {HandraiserChat} chat */
    constructor(chat) {
      this.key = chat.key("");
      this.visitorKey = `handraiser:${chat.server}:visitor`;
      for (const area in NAMES) {
        for (const name of NAMES[area]) {
          const key = this.key + (name === "last" ? "seen" : name);
          Object.defineProperty(this, name, { get: () => read(area, key), set: (value) => write(area, key, value) });
        }
      }
      this.tab = read("sessionStorage", "handraiser:tab") || uuid();
      write("sessionStorage", "handraiser:tab", this.tab);
    }

    /** The visitor's token at this server, whichever script they talk to: known there, they are not asked twice. */
    get visitor() {
      return read("localStorage", this.visitorKey);
    }

    set visitor(token) {
      write("localStorage", this.visitorKey, token);
    }

    /** What hello must know. */
    get hello() {
      return { token: this.talk ? this.talk.token : this.visitor };
    }

    /** Keep what a welcome says. */
    welcome({ token, conversation, script }) {
      this.talk = { token, conversation };
      this.visitor = token;
      this.visited = 1;
      this.here = Date.now();
      if (script) this.script = script;
    }

    /** The last number this browser has shown of a conversation. */
    seen(conversation) {
      return this.last && this.last.conversation === conversation ? this.last.seq : 0;
    }

    see(conversation, seq) {
      if (seq > this.seen(conversation)) this.last = { conversation, seq };
    }

    /** An answer may come within so many minutes: until then the next pages listen for it, the chat open or not. */
    await(minutes) {
      this.awaited = Date.now() + minutes * 60_000;
    }

    /** Every message that is not acknowledged, of this tab and others, oldest first. @returns {Item[]} */
    get queue() {
      const prefix = `${this.key}unsent:`;
      return keysOf("localStorage")
        .filter((key) => key.startsWith(prefix))
        .map((key) => read("localStorage", key))
        .filter((item) => item && typeof item.id === "string" && typeof item.text === "string")
        .sort((one, other) => one.at - other.at);
    }

    /** Something said, kept until the server has it. @returns {Item} */
    say(said) {
      const latest = this.queue.at(-1);
      // The clock may stand still or go back; the order of the queue may not.
      const at = Math.max(Date.now(), latest ? latest.at + 1 : 0);
      const item = { id: uuid(), ...said, at, tab: this.tab };
      this.keep(item);
      this.here = Date.now();
      this.engaged = 1;
      return item;
    }

    keep(item) {
      write("localStorage", `${this.key}unsent:${item.id}`, item);
    }

    drop(id) {
      write("localStorage", `${this.key}unsent:${id}`, null);
    }
  }

  return Memory;
});
