/** The chat as a pop-up: the browser's own dialog, which holds the focus, dims the page and gives the focus back. */
"use strict";

window.Handraiser.define("popup", ({ dress }) => {
  /** @param {Panel} opened one that has just been opened, its frame a dialog */
  return (opened, byHand) => {
    const { frame, chat, panel } = opened;
    if (!frame.onclose) {
      dress(chat.shadowRoot, "css:popup.css");
      frame.setAttribute("aria-labelledby", "name title");
      panel.removeAttribute("aria-labelledby");
      panel.role = "none";
      // By Escape, or a phone's way back.
      frame.onclose = () => opened.close();
      frame.onclick = ({ target }) => target === frame && opened.close();
    }
    panel.ariaModal = null;
    if (!opened.opened || frame.open) return;
    frame.showModal();
    opened.log.scrollTop = opened.log.scrollHeight;
    if (byHand) opened.focus();
  };
});
