/**
 * Two ways to the server that say and hear the same frames: a WebSocket, and plain HTTP with long polling.
 * Each lives once; when it is lost, widget-connection.js makes another.
 */
"use strict";

window.Handraiser.define("links", () => {
  const WELCOME_SECONDS = 10;
  const PING_SECONDS = 25;
  const PONG_SECONDS = 20;
  const REQUEST_SECONDS = 20;
  const POLL_SECONDS = 25;

  const seconds = (count, then) => setTimeout(then, count * 1000);

  /**
   * The WebSocket. Frames go to `heard`; `lost` is called once, when it is over.
   * @typedef {{heard: function(Object): void, lost: function({code: number}): void}} Ears
   */
  class Socket {
    #socket = null;
    #over = false;
    #timers = [];
    #silence = null;

    /** @param {string} address @param {Object} hello @param {Ears} ears */
    constructor(address, hello, ears) {
      this.ears = ears;
      try {
        this.#socket = new WebSocket(address);
      } catch {
        // Refused by the page's Content-Security-Policy, in browsers that say so at once.
        this.#timers.push(seconds(0, () => this.#end(0)));
        return;
      }
      this.#silence = seconds(WELCOME_SECONDS, () => this.#end(0));
      this.#socket.onopen = () => this.send(hello);
      this.#socket.onclose = (event) => this.#end(event.code);
      this.#socket.onmessage = (event) => this.#hear(event.data);
      this.#timers.push(setInterval(() => this.check(PONG_SECONDS), PING_SECONDS * 1000));
    }

    get polling() {
      return false;
    }

    get #open() {
      return !this.#over && this.#socket !== null && this.#socket.readyState === WebSocket.OPEN;
    }

    send(frame) {
      if (this.#open) this.#socket.send(JSON.stringify(frame));
    }

    say({ id, text, choice, step }) {
      this.send({ type: "say", id, text, choice, step });
    }

    catchUp(after) {
      this.send({ type: "catch_up", after });
    }

    restart() {
      this.send({ type: "restart" });
    }

    /** Ask for a sign of life; without one in time the socket is half open, and over. */
    check(within) {
      if (!this.#open) return;
      this.send({ type: "ping" });
      clearTimeout(this.#silence);
      this.#silence = seconds(within, () => this.#end(0));
    }

    close() {
      this.#end(1000);
    }

    #hear(data) {
      let frame;
      try {
        frame = JSON.parse(data);
      } catch {
        return;
      }
      clearTimeout(this.#silence);
      if (!this.#over && frame && frame.type !== "pong") this.ears.heard(frame);
    }

    #end(code) {
      if (this.#over) return;
      this.#over = true;
      clearTimeout(this.#silence);
      for (const timer of this.#timers) clearInterval(timer);
      if (this.#socket) {
        this.#socket.onclose = this.#socket.onmessage = this.#socket.onopen = null;
        this.#socket.close();
      }
      this.ears.lost({ code });
    }
  }

  /** Plain HTTP with long polling, saying and hearing the same frames as the socket. */
  class Poll {
    #over = false;
    #visitor = null;
    #abort = new AbortController();

    /**
     * @param {string} server
     * @param {Object} hello
     * @param {{token: string, conversation: string}|null} talk
     * @param {function(): number} seen the last number shown
     * @param {Ears} ears
     */
    constructor(server, hello, talk, seen, ears) {
      this.ears = ears;
      this.server = `${server}/api/v1/conversations`;
      this.talk = talk;
      this.seen = seen;
      this.#run(hello);
    }

    get polling() {
      return true;
    }

    async say({ id, text, choice, step }) {
      this.ears.heard({ type: "typing", seconds: 1 });
      const answer = await this.#ask("POST", this.#messages, { id, text, choice, step }, REQUEST_SECONDS, id);
      if (!answer) return;
      this.ears.heard({ type: "ack", ...answer.ack });
      this.ears.heard({ type: "messages", ...answer });
    }

    async catchUp(after) {
      const answer = await this.#ask("GET", `${this.#messages}?after=${after}&wait=0`);
      if (answer) this.ears.heard({ type: "messages", ...answer });
    }

    check() {
      if (this.talk) this.catchUp(this.seen());
    }

    close() {
      this.#end(1000);
    }

    get #messages() {
      return `${this.server}/${encodeURIComponent(this.talk.conversation)}/messages`;
    }

    async #run(hello) {
      this.#visitor = hello.token;
      let answer;
      if (this.talk) {
        answer = await this.#ask("GET", `${this.#messages}?after=${hello.after}&wait=0`);
        if (answer) answer = { ...this.talk, ...answer };
      } else {
        const { script, language, time_zone, page, referrer } = hello;
        answer = await this.#ask("POST", this.server, { script, language, time_zone, page, referrer });
        if (answer) this.talk = { token: answer.token, conversation: answer.conversation };
      }
      if (answer) this.ears.heard({ type: "welcome", ...answer });
      while (!this.#over && answer) {
        await this.#untilSeen();
        const address = `${this.#messages}?after=${this.seen()}&wait=${POLL_SECONDS}`;
        answer = await this.#ask("GET", address, null, POLL_SECONDS + 15);
        if (answer) this.ears.heard({ type: "messages", ...answer });
      }
    }

    /** Browsers allow six connections to a host: a hidden tab keeps none of them busy. */
    #untilSeen() {
      if (!document.hidden) return Promise.resolve();
      return new Promise((resolve) => {
        document.addEventListener("visibilitychange", resolve, { once: true });
        seconds(60, resolve);
      });
    }

    /** One request. Null when it failed, after telling the ears. */
    async #ask(method, address, body = null, within = REQUEST_SECONDS, id = undefined) {
      const abort = new AbortController();
      const timer = seconds(within, () => abort.abort());
      this.#abort.signal.addEventListener("abort", () => abort.abort());
      try {
        const headers = body ? { "Content-Type": "application/json" } : {};
        const token = this.talk ? this.talk.token : this.#visitor;
        if (token) headers.Authorization = `Bearer ${token}`;
        const options = { method, headers, signal: abort.signal, credentials: "omit", cache: "no-store" };
        const response = await fetch(address, body ? { ...options, body: JSON.stringify(body) } : options);
        const answer = await response.json();
        if (this.#over) return null;
        if (response.ok) return answer;
        this.#refused(response, answer.error || {}, id);
      } catch {
        this.#end(0);
      } finally {
        clearTimeout(timer);
      }
      return null;
    }

    #refused(response, error, id) {
      const codes = { 404: "unknown_token", 413: "too_long", 429: "too_many" };
      const known = error.code && error.code !== "unknown_conversation" && response.status < 500;
      const code = known ? error.code : codes[response.status] || (response.status < 500 ? "bad_frame" : "not_saved");
      const retry_after = Number(response.headers.get("Retry-After")) || 1;
      this.ears.heard({ type: "error", code, message: error.message, id, retry_after });
      if (!id) this.#end(0);
    }

    #end(code) {
      if (this.#over) return;
      this.#over = true;
      this.#abort.abort();
      this.ears.lost({ code });
    }
  }

  return { Socket, Poll };
});
