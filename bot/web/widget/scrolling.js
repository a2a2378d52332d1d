/** Keeps the newest message in view, unless the reader has gone elsewhere; then says that there is news. */
"use strict";

window.Handraiser.define("scrolling", ({ element, icon }) => {
  const NEAR_PIXELS = 48;

  /** @param {Panel} panel */
  return ({ log, messages, words, frame }) => {
    /** Whether the newest message is kept in view; not while the reader has scrolled up. */
    let isStuck = true;
    /** How far it was scrolled: what is new only ever moves it on. */
    let before;

    /** Something at the end has grown. */
    function follow(smoothly) {
      if (isStuck) toNewest(smoothly);
    }

    function toNewest(smoothly = true) {
      isStuck = news.hidden = true;
      const calm = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
      log.scroll({ top: log.scrollHeight, behavior: calm ? "instant" : "smooth" });
    }

    /** On a phone the keyboard covers half the screen: fill what is left. A pinched zoom is no keyboard. */
    function fit() {
      const { scale, height, offsetTop } = visualViewport;
      if (scale > 1.05) return;
      frame.style.setProperty("--visible", `${height}px`);
      // Phones push the page up to show what is written in.
      frame.style.setProperty("--above", `${offsetTop}px`);
      follow(false);
    }

    const look = { class: "choice news", hidden: true, onclick: () => toNewest() };
    const news = element("button", look, words.news, icon("m7 10 5 5 5-5"));
    log.after(news);
    log.onscroll = () => {
      const isNear = log.scrollHeight - log.clientHeight - log.scrollTop < NEAR_PIXELS;
      if (isNear || log.scrollTop < before) isStuck = isNear;
      if (isNear) news.hidden = true;
      before = log.scrollTop;
    };
    const observer = new ResizeObserver(() => follow(false));
    for (const grows of [log, messages]) observer.observe(grows);
    const seen = new AbortController();
    for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, fit, { signal: seen.signal });
    fit();

    return {
      follow,
      toNewest,
      fit,
      /** Something new is there. */
      hear() {
        news.hidden = isStuck;
        follow();
      },
      stop() {
        observer.disconnect();
        seen.abort();
      },
    };
  };
});
