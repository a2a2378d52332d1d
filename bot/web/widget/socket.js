/** The way to the server over a WebSocket. It lives once; when it is lost, connection.js makes another. */
"use strict";

/** A timer: `seconds(count, then)`. */
window.Handraiser.define("seconds", () => (count, then) => setTimeout(then, count * 1000));

window.Handraiser.define("socket", ({ seconds }) => {
  const WELCOME_SECONDS = 10;
  const PING_SECONDS = 25;
  const PONG_SECONDS = 20;

  /**
   * Frames go to `heard`; `lost` is called when it is over, at least once.
   * @typedef {{heard: function(Object): void, lost: function(number=): void}} Ears
   */
  class Socket {
    #socket;
    #pinging;
    #silence;

    /** @param {string} server @param {Object} hello @param {Ears} ears */
    constructor(server, hello, ears) {
      this.ears = ears;
      try {
        this.#socket = new WebSocket(`${server.replace(/^http/, "ws")}/ws`);
      } catch {
        // Refused by the page's Content-Security-Policy, in browsers that say so at once.
        return this.#expect(0);
      }
      this.#expect(WELCOME_SECONDS);
      this.#socket.onopen = () => this.send(hello);
      this.#socket.onclose = ({ code }) => this.close(code);
      this.#socket.onmessage = ({ data }) => {
        clearTimeout(this.#silence);
        ears.heard(JSON.parse(data));
      };
      this.#pinging = setInterval(() => this.check(PONG_SECONDS), PING_SECONDS * 1000);
    }

    get #open() {
      return this.#socket?.readyState === 1;
    }

    send(frame) {
      if (this.#open) this.#socket.send(JSON.stringify(frame));
    }

    catchUp(after) {
      this.send({ type: "catch_up", after });
    }

    /** Ask for a sign of life. */
    check(within) {
      if (!this.#open) return;
      this.send({ type: "ping" });
      this.#expect(within);
    }

    /** Without a word in time the socket is half open, and over. */
    #expect(within) {
      clearTimeout(this.#silence);
      this.#silence = seconds(within, () => this.close());
    }

    close(code) {
      clearTimeout(this.#silence);
      clearInterval(this.#pinging);
      this.#socket?.close();
      this.ears.lost(code);
    }
  }

  return Socket;
});
