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

  /** @param {HandraiserChat} chat */
  function Memory(chat) {
    const prefix = chat.key("");
    const unsent = (id) => `${prefix}unsent:${id}`;

    const memory = {
      /** When the last was said, in milliseconds. */
      latest: 0,

      /** Keep what a welcome says. */
      welcome({ token, conversation, script }) {
        Object.assign(memory, { talk: { token, conversation }, visitor: token, visited: 1, here: Date.now(), script });
      },

      /** The last number this browser has shown of a conversation. */
      seenOf(conversation) {
        return memory.seen?.conversation === conversation ? memory.seen.seq : 0;
      },

      see(conversation, seq) {
        if (seq > memory.seenOf(conversation)) memory.seen = { conversation, seq };
      },

      /** An answer may come within so many minutes: until then the next pages listen for it, the chat open or not. */
      await(minutes) {
        memory.awaited = Date.now() + minutes * 60_000;
      },

      /** Something said, kept until the server has it. @returns {Item} */
      say(said) {
        // The clock may stand still or go back; the order of what is said may not.
        const at = (memory.latest = Math.max((memory.here = Date.now()), memory.latest + 1));
        const item = { id: unique(), ...said, at, tab: memory.tab };
        memory.keep(item);
        memory.engaged = 1;
        return item;
      },

      /** All that is said and kept, of every tab. */
      all() {
        let kept = own;
        try {
          kept = { ...localStorage, ...sessionStorage, ...own };
        } catch {
          // Then all are our own.
        }
        return Object.keys(kept)
          .filter((key) => key.startsWith(unsent("")))
          .map(read);
      },

      keep(item) {
        write("local", unsent(item.id), item);
      },

      drop(id) {
        write("local", unsent(id), null);
      },
    };
    for (const area of Object.keys(NAMES)) {
      for (const name of NAMES[area].split(" ")) {
        const key = name === "visitor" ? `handraiser:${chat.server}:visitor` : chat.key(name);
        Object.defineProperty(memory, name, { get: () => read(key), set: (value) => write(area, key, value) });
      }
    }
    memory.tab ??= unique();
    return memory;
  }

  return Object.assign(Memory, { unique });
});
