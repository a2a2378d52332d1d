/**
 * What the browser keeps of one chat: the visitor's token, how far they have read, what is not sent yet.
 * Keyed by server and script, so that two chats on a page keep apart; the token alone is the same for both. Where storage
 * is refused (private windows) the page's own memory takes its place, and where it is full the tab's.
 */
"use strict";

window.Handraiser.define("memory", ({ recall, own }) => {
  /** What found no room in `localStorage` stands in `sessionStorage`, which has its own, and is newer. */
  const read = (key) => recall("session", key) ?? recall("local", key);

  /** Keep a value; null removes it. @param {"local"|"session"} area */
  function write(area, key, value) {
    delete own[key];
    try {
      sessionStorage.removeItem(key);
      const storage = window[`${area}Storage`];
      if (value === null) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(value));
    } catch {
      own[key] = value;
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Then it is known until the page is left.
      }
    }
  }

  /** 128 random bits; `randomUUID` exists only on https pages. */
  const unique = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

  /** Names of what is kept, for as long as the browser and for the tab alone. */
  const NAMES = {
    /**
     * `talk`: {token, conversation}. `script`: its name, title, language, direction and persona as last heard. `unread`:
     * how many messages came while the chat was closed. `awaited`: until when the next pages listen for an answer.
     * `here`: when the visitor was seen last. `engaged`: 1 once they said something. `seen`: {conversation, seq} of
     * what was shown last; `heard`: of what the page has heard of last. `language`: what the chat itself
     * speaks, where the visitor has changed it. `visitor`: their token at this server, whichever script they talk to:
     * known there, they are not asked twice.
     */
    local: "visitor talk script seen unread awaited here engaged heard language",
    /** `draft`: what is half typed. `visited`: 1 once the visit was told. `blocked`: 1 where WebSockets are. `tab`: a name. */
    session: "draft open visited blocked tab",
  };

  /**
   * A message of the visitor that is not acknowledged yet. Each has its own key, so that tabs never overwrite
   * each other's.
   * @typedef {{id: string, text: string, choice?: string, step?: string, at: number, tab: string, failed?: string}} Item
   */

  class Memory {
    static unique = unique;
    /** When the last was said, in milliseconds. */
    latest = 0;

    /** @param {HandraiserChat} chat */
    constructor(chat) {
      this.key = chat.key("");
      for (const area of Object.keys(NAMES)) {
        for (const name of NAMES[area].split(" ")) {
          const key = name === "visitor" ? `handraiser:${chat.server}:visitor` : chat.key(name);
          Object.defineProperty(this, name, { get: () => read(key), set: (value) => write(area, key, value) });
        }
      }
      this.tab ??= unique();
    }

    /** Keep what a welcome says. */
    welcome({ token, conversation, script }) {
      this.talk = { token, conversation };
      this.visitor = token;
      this.visited = 1;
      this.here = Date.now();
      this.script = script;
    }

    /** The last number this browser has shown of a conversation. */
    seenOf(conversation) {
      const { seen } = this;
      return seen?.conversation === conversation ? seen.seq : 0;
    }

    see(conversation, seq) {
      if (seq > this.seenOf(conversation)) this.seen = { conversation, seq };
    }

    /** An answer may come within so many minutes: until then the next pages listen for it, the chat open or not. */
    await(minutes) {
      this.awaited = Date.now() + minutes * 60_000;
    }

    /** Something said, kept until the server has it. @returns {Item} */
    say(said) {
      // The clock may stand still or go back; the order of what is said may not.
      this.latest = Math.max(Date.now(), this.latest + 1);
      const item = { id: unique(), ...said, at: this.latest, tab: this.tab };
      this.keep(item);
      this.here = Date.now();
      this.engaged = 1;
      return item;
    }

    /** All that is kept of this chat under keys that begin so. */
    all(prefix) {
      let kept = own;
      try {
        kept = { ...localStorage, ...sessionStorage, ...own };
      } catch {
        // Then all are our own.
      }
      return Object.keys(kept).filter((key) => key.startsWith(this.key + prefix)).map(read);
    }

    keep(item) {
      write("local", `${this.key}unsent:${item.id}`, item);
    }

    drop(id) {
      write("local", `${this.key}unsent:${id}`, null);
    }
  }

  return Memory;
});
