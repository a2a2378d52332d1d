/** The chat as a pop-up: the browser's own dialog, which holds the focus, dims the page and gives the focus back. */
"use strict";

window.Handraiser.define("popup", ({ element }) => {
  /** @param {Panel} panel that is to stand in a dialog */
  return (panel) => {
    const { frame, chat, panel: inner } = panel;
    const dialog = element("dialog", {
      "aria-labelledby": "name title",
      // By Escape, or a phone's way back. The event comes late: it may be open again by then.
      onclose: () => dialog.open || panel.close(),
      onclick: ({ target }) => target === dialog && panel.close(),
    });
    inner.removeAttribute("aria-labelledby");
    inner.role = "none";
    frame.before(dialog);
    dialog.append(frame);
    const show = () => {
      if (dialog.open || !dialog.isConnected) return;
      inner.ariaModal = null;
      dialog.showModal();
      panel.log.scrollTop = panel.log.scrollHeight;
      panel.focus();
      // What covers the page comes when it is called, and not with the next page.
      panel.memory.open = null;
    };
    chat.addEventListener("handraiser:opened", show);
    chat.addEventListener("handraiser:closed", () => dialog.close());
    if (panel.opened) show();
  };
});
