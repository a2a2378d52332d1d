/** The way to the server where WebSockets are blocked: plain HTTP with long polling, saying and hearing the same frames. */
"use strict";

window.Handraiser.define("poll", () => {
  const REQUEST_SECONDS = 20;
  const POLL_SECONDS = 25;

  const seconds = (count, then) => setTimeout(then, count * 1000);

  class Poll {
    polling = true;
    #over = false;
    #talk = null;
    #abort = new AbortController();

    /**
     * @param {string} server
     * @param {Object} hello
     * @param {Ears} ears
     * @param {function(): number} seen the last number shown
     */
    constructor(server, hello, ears, seen) {
      this.ears = ears;
      this.server = `${server}/api/v1`;
      this.seen = seen;
      this.#run(hello);
    }

    /** Send what is said. */
    async send(frame) {
      const isTold = frame.type === "tell";
      if (!isTold) this.ears.heard({ type: "typing", seconds: 1 });
      const address = `${this.#conversation}/${isTold ? "page" : "messages"}`;
      const answer = await this.#ask("POST", address, frame, REQUEST_SECONDS, frame.id);
      if (!answer) return;
      this.ears.heard({ type: "ack", ...answer.ack, problems: answer.problems });
      this.ears.heard({ type: "messages", ...answer });
    }

    async catchUp(after) {
      const answer = await this.#ask("GET", `${this.#conversation}/messages?after=${after}&wait=0`);
      if (answer) this.ears.heard({ type: "messages", ...answer });
    }

    check() {
      if (this.#talk) this.catchUp(this.seen());
    }

    close() {
      this.#end(1000);
    }

    get #conversation() {
      return `${this.server}/conversations/${encodeURIComponent(this.#talk.conversation)}`;
    }

    async #run(hello) {
      let answer = await this.#ask("POST", `${this.server}/hello`, hello);
      if (!answer) return;
      this.#talk = { token: answer.token, conversation: answer.conversation };
      this.ears.heard({ type: "welcome", ...answer });
      while (!this.#over && answer) {
        await this.#untilSeen();
        const address = `${this.#conversation}/messages?after=${this.seen()}&wait=${POLL_SECONDS}`;
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
        const options = { method, signal: abort.signal, credentials: "omit", cache: "no-store" };
        if (body) options.body = JSON.stringify(body);
        // Hello needs no preflight: it carries the token itself.
        if (this.#talk) options.headers = { Authorization: `Bearer ${this.#talk.token}` };
        if (this.#talk && body) options.headers["Content-Type"] = "application/json";
        const response = await fetch(address, options);
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
      const { message, challenge } = error;
      this.ears.heard({ type: "error", code, message, id, retry_after, challenge });
      if (!id) this.#end(0);
    }

    #end(code) {
      if (this.#over) return;
      this.#over = true;
      this.#abort.abort();
      this.ears.lost({ code });
    }
  }

  return Poll;
});
