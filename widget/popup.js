/** The chat as a pop-up: the browser's own dialog, which holds the focus, dims the page and gives the focus back. */
"use strict";

window.Handraiser.define("popup", ({ dress }) => {
  /** @param {Panel} panel one that has just been opened, its frame a dialog */
  return (panel, byHand) => {
    const { frame, chat } = panel;
    if (!frame.oncancel) {
      dress(chat.shadowRoot, "css:popup.css");
      frame.setAttribute("aria-labelledby", "name title");
      panel.panel.role = "none";
      panel.panel.removeAttribute("aria-labelledby");
      // Escape outside of the panel, or a phone's way back.
      frame.oncancel = (event) => {
        event.preventDefault();
        panel.close();
      };
      frame.onclick = ({ target }) => target === frame && panel.close();
    }
    if (!panel.opened || frame.open) return;
    frame.showModal();
    panel.log.scrollTop = panel.log.scrollHeight;
    if (byHand) panel.focus();
  };
});
