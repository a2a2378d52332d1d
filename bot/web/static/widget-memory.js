/**
 * What the browser remembers of one chat: the visitor's token, how far they have read, what is not sent yet.
 * Keyed by server and script, so that two chats on a page keep apart; the token alone is the same for both. Where storage is refused (private windows,
 * a full disk) the page's own memory takes its place.
 */
"use strict";

window.Handraiser.define("memory", () => {
  const SAME_VISIT_MILLISECONDS = 30 * 60 * 1000;

  /** A Storage that never throws. */
  class Shelf {
    #own = new Map();
    #storage;

    /** @param {"localStorage"|"sessionStorage"} name */
    constructor(name) {
      try {
        this.#storage = window[name];
        this.#storage.setItem("handraiser:probe", "1");
        this.#storage.removeItem("handraiser:probe");
      } catch {
        this.#storage = null;
      }
    }

    read(key) {
      if (this.#own.has(key) || !this.#storage) return this.#own.get(key) ?? null;
      try {
        return JSON.parse(this.#storage.getItem(key));
      } catch {
        return null;
      }
    }

    write(key, value) {
      try {
        this.#storage.setItem(key, JSON.stringify(value));
        this.#own.delete(key);
      } catch {
        this.#own.set(key, value);
      }
    }

    remove(key) {
      this.#own.delete(key);
      if (this.#storage) this.#storage.removeItem(key);
    }

    keys(prefix) {
      const stored = this.#storage ? Object.keys(this.#storage) : [];
      return [...new Set([...stored, ...this.#own.keys()])].filter((key) => key.startsWith(prefix));
    }
  }

  /** A version 4 UUID; `randomUUID` itself exists only on https pages. */
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /**
   * A message of the visitor that is not acknowledged yet. Each has its own key, so that tabs never overwrite
   * each other's.
   * @typedef {{id: string, text: string, choice?: string, step?: string, at: number, tab: string, failed?: string}} Item
   */

  class Memory {
    #lasting = new Shelf("localStorage");
    #passing = new Shelf("sessionStorage");
    #visitorKey;

    /** @param {string} server @param {string} script */
    constructor(server, script) {
      this.key = `handraiser:${server}|${script}`;
      this.#visitorKey = `handraiser:${server}:visitor`;
      this.tab = this.#passing.read("handraiser:tab") || uuid();
      this.#passing.write("handraiser:tab", this.tab);
    }

    /** `{token, conversation}`, or null before the first welcome. */
    get talk() {
      return this.#lasting.read(`${this.key}:talk`);
    }

    set talk(talk) {
      if (talk) this.#lasting.write(`${this.key}:talk`, talk);
      else this.#lasting.remove(`${this.key}:talk`);
    }

    /** The visitor's token at this server, whichever script they talk to: known there, they are not asked twice. */
    get visitor() {
      return this.#lasting.read(this.#visitorKey);
    }

    set visitor(token) {
      if (token) this.#lasting.write(this.#visitorKey, token);
      else this.#lasting.remove(this.#visitorKey);
    }

    /** The script's name, title, language, direction and persona as last heard. */
    get script() {
      return this.#lasting.read(`${this.key}:script`);
    }

    set script(script) {
      this.#lasting.write(`${this.key}:script`, script);
    }

    /** The last number this browser has shown of a conversation. */
    seen(conversation) {
      const seen = this.#lasting.read(`${this.key}:seen`);
      return seen && seen.conversation === conversation ? seen.seq : 0;
    }

    see(conversation, seq) {
      if (seq > this.seen(conversation)) this.#lasting.write(`${this.key}:seen`, { conversation, seq });
    }

    /** How many messages came while the chat was closed, on whichever page. */
    get unread() {
      return this.#lasting.read(`${this.key}:unread`) || 0;
    }

    set unread(count) {
      if (count) this.#lasting.write(`${this.key}:unread`, count);
      else this.#lasting.remove(`${this.key}:unread`);
    }

    /** An answer may come within so many minutes: until then the next pages listen for it, the chat open or not. */
    await(minutes) {
      this.#lasting.write(`${this.key}:awaited`, Date.now() + minutes * 60_000);
    }

    /** Whether this is a new visit: once a browser session, however many tabs are opened in a row. */
    get newVisit() {
      const here = this.#lasting.read(`${this.key}:here`) || 0;
      return !this.#passing.read(`${this.key}:visited`) && Date.now() - here > SAME_VISIT_MILLISECONDS;
    }

    /** The visit was told. */
    visited() {
      this.#passing.write(`${this.key}:visited`, 1);
      this.touch();
    }

    /** The visitor is here. */
    touch() {
      this.#lasting.write(`${this.key}:here`, Date.now());
    }

    /** Every message that is not acknowledged, of this tab and others, oldest first. @returns {Item[]} */
    get queue() {
      return this.#lasting
        .keys(`${this.key}:unsent:`)
        .map((key) => this.#lasting.read(key))
        .filter((item) => item && typeof item.id === "string" && typeof item.text === "string")
        .sort((one, other) => one.at - other.at);
    }

    /** @param {{text: string, choice?: string, step?: string}} said @returns {Item} */
    make(said) {
      const latest = this.queue.at(-1);
      // The clock may stand still or go back; the order of the queue may not.
      const at = Math.max(Date.now(), latest ? latest.at + 1 : 0);
      return { id: uuid(), ...said, at, tab: this.tab };
    }

    keep(item) {
      this.#lasting.write(`${this.key}:unsent:${item.id}`, item);
    }

    drop(id) {
      this.#lasting.remove(`${this.key}:unsent:${id}`);
    }

    /** What is typed but not sent, and whether the chat is open: for this tab alone. */
    get draft() {
      return this.#passing.read(`${this.key}:draft`) || "";
    }

    set draft(text) {
      this.#passing.write(`${this.key}:draft`, text);
    }

    set open(open) {
      this.#passing.write(`${this.key}:open`, open ? 1 : 0);
    }

    /** Whether WebSockets were found to be blocked in this session. */
    get blocked() {
      return this.#passing.read("handraiser:blocked") === 1;
    }

    set blocked(blocked) {
      this.#passing.write("handraiser:blocked", blocked ? 1 : 0);
    }
  }

  return Memory;
});
