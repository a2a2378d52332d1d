/** The way to the server over a WebSocket. It lives once; when it is lost, connection.js makes another. */
"use strict";

window.Handraiser.define("socket", () => {
  const WELCOME_SECONDS = 10;
  const PING_SECONDS = 25;
  const PONG_SECONDS = 20;

  const seconds = (count, then) => setTimeout(then, count * 1000);

  /**
   * Frames go to `heard`; `lost` is called once, when it is over.
   * @typedef {{heard: function(Object): void, lost: function({code: number}): void}} Ears
   */
  class Socket {
    polling = false;
    #socket = null;
    #over = false;
    #timers = [];
    #silence = null;

    /** @param {string} server @param {Object} hello @param {Ears} ears */
    constructor(server, hello, ears) {
      this.ears = ears;
      try {
        this.#socket = new WebSocket(`${server.replace(/^http/, "ws")}/ws`);
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

    get #open() {
      return !this.#over && this.#socket?.readyState === WebSocket.OPEN;
    }

    send(frame) {
      if (this.#open) this.#socket.send(JSON.stringify(frame));
    }

    catchUp(after) {
      this.send({ type: "catch_up", after });
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

  return Socket;
});
