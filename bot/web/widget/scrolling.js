/** Keeps the newest message in view, unless the reader has gone elsewhere; then says that there is news. */
"use strict";

window.Handraiser.define("scrolling", ({ element, icon }) => {
  const NEAR_PIXELS = 48;

  class Scrolling {
    /** Whether the newest message is kept in view; not while the reader has scrolled up. */
    #stuck = true;
    /** Whether the reader, rather than a new message, has moved the transcript last. */
    #byHand = false;
    #observer = new ResizeObserver(() => this.follow(false));

    /** @param {Panel} panel */
    constructor(panel) {
      this.panel = panel;
      this.log = panel.log;
      const onclick = () => this.toNewest();
      this.news = element(
        "button",
        { type: "button", class: "choice news", part: "news", hidden: true, onclick },
        panel.words.news,
        icon("m7 10 5 5 5-5"),
      );
      this.log.after(this.news);
      this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
      this.#observer.observe(this.log);
      this.#observer.observe(panel.messages);
      for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
        const moved = ({ target }) => (this.#byHand ||= target !== panel.composer.field);
        panel.panel.addEventListener(name, moved, { passive: true });
      }
      visualViewport.addEventListener("resize", this.fit);
      this.fit();
    }

    stop() {
      this.#observer.disconnect();
      visualViewport.removeEventListener("resize", this.fit);
    }

    /** Something new is there. */
    hear() {
      this.news.hidden = this.#stuck;
      this.follow();
    }

    /** Something at the end has grown. */
    follow(smoothly) {
      if (this.#stuck) this.toNewest(smoothly);
    }

    toNewest(smoothly = true) {
      this.#stuck = true;
      this.#byHand = false;
      this.news.hidden = true;
      const calm = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.log.scroll({ top: this.log.scrollHeight, behavior: calm ? "instant" : "smooth" });
    }

    /** On a phone the keyboard covers half the screen: fill what is left. A pinched zoom is no keyboard. */
    fit = () => {
      const { scale, height } = visualViewport;
      if (scale > 1.05) return;
      this.panel.frame.style.setProperty("--visible", `${height}px`);
      this.follow(false);
    };

    #scrolled() {
      const { scrollTop, scrollHeight, clientHeight } = this.log;
      const near = scrollHeight - clientHeight - scrollTop < NEAR_PIXELS;
      if (near || this.#byHand) this.#stuck = near;
      if (near) this.news.hidden = true;
    }
  }

  return Scrolling;
});
