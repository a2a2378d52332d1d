/** What is remembered of a visit, for acts.js and attract.js. */
"use strict";

window.Handraiser.define("notes", ({ recall }) => {
  /** What is noted of each chat, so that all who ask for it have the same. */
  const known = {};

  /**
   * Notes of a chat in this browser (`local`) or of this visit (`session`): an object, and `keep()` to keep it. Where
   * storage is refused, or `remember="off"`, it lives as long as the page.
   */
  return (chat, area) => {
    const key = chat.key("attract");
    const one = (known[area + key] ??= recall(area, key) || {});
    one.keep = () => {
      try {
        if (chat.getAttribute("remember") !== "off") window[`${area}Storage`][key] = JSON.stringify(one);
      } catch {
        // Then not.
      }
    };
    return one;
  };
});
