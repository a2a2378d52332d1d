/** The way to the server where WebSockets are blocked: plain HTTP with long polling, saying and hearing the same frames. */
"use strict";

window.Handraiser.define("poll", ({ seconds }) => {
  const REQUEST_SECONDS = 20;
  const POLL_SECONDS = 25;

  class Poll {
    polling = 1;
    #talk;
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
      const { heard } = this.ears;
      if (!isTold) heard({ type: "typing", seconds: 1 });
      const answer = await this.#ask(isTold ? "/page" : "/messages", frame);
      if (!answer) return;
      heard({ type: "ack", ...answer.ack, problems: answer.problems });
      heard({ type: "messages", ...answer });
    }

    /** @returns {Promise<Object|undefined>} */
    async catchUp(after, wait = 0) {
      const answer = await this.#ask(`/messages?after=${after}&wait=${wait}`, null, wait);
      if (answer) this.ears.heard({ type: "messages", ...answer });
      return answer;
    }

    check() {
      if (this.#talk) this.catchUp(this.seen());
    }

    close() {
      this.#abort.abort();
      this.ears.lost();
    }

    async #run(hello) {
      const answer = await this.#ask("/hello", hello);
      if (!answer) return;
      this.#talk = answer;
      this.ears.heard({ type: "welcome", ...answer });
      do await this.#untilSeen();
      while (await this.catchUp(this.seen(), POLL_SECONDS));
    }

    /** Browsers allow six connections to a host: a hidden tab keeps none of them busy. */
    #untilSeen() {
      if (!document.hidden) return;
      return new Promise((resolve) => {
        document.addEventListener("visibilitychange", resolve, { once: true });
        seconds(60, resolve);
      });
    }

    /** One request; one that is not answered in time is the end of all. Nothing when it failed, after telling the ears. */
    async #ask(path, body, wait = 0) {
      const { signal } = this.#abort;
      const timer = seconds(REQUEST_SECONDS + wait, () => this.close());
      let address = this.server;
      const options = { signal };
      if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
      // Hello needs no preflight: it carries the token itself.
      if (this.#talk) {
        const { conversation, token } = this.#talk;
        address += `/conversations/${conversation}`;
        options.headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
      }
      try {
        const response = await fetch(address + path, options);
        const answer = await response.json();
        if (signal.aborted) return;
        if (response.ok) return answer;
        this.#refused(response, answer.error || {}, body?.id);
      } catch {
        this.close();
      } finally {
        clearTimeout(timer);
      }
    }

    #refused({ status, headers }, { code, message, challenge }, id) {
      if (status > 499) code = "not_saved";
      else if (code === "unknown_conversation") code = "unknown_token";
      code ??= status === 429 ? "too_many" : "bad_frame";
      this.ears.heard({ type: "error", code, message, id, retry_after: +headers.get("Retry-After"), challenge });
      if (!id) this.close();
    }
  }

  return Poll;
});
