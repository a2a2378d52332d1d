/** The parts that follow when they are needed, each a file `widget-NAME.js` beside this one. */

/** What every part is given: a few tools, and the parts that are here, by name. */
const parts = { choose, dress, recall, need, policy, own };

/** Files that were asked for: name to the promise of them. */
const asked = {};

/**
 * Load a part if it is not here; tried until it is.
 * @param {string} name
 * @param {string} [file] where the part is in a file of another name
 * @param {function(): void} [failed] hears of each attempt that failed
 * @returns {Promise<*>} what the part's factory returned
 */
function need(name, file = name, failed) {
  const load = (resolve, wait) => {
    const script = document.createElement("script");
    // A file that ran into an error has defined nothing.
    script.onload = script.onerror = () => {
      if (name in parts) return resolve();
      failed?.();
      setTimeout(load, wait, resolve, Math.min(wait * 2, 30_000));
    };
    script.nonce = tag?.nonce || "";
    // What the address carries changes with the content, so a browser may keep the file for good.
    script.src = policy.createScriptURL(`${home}/widget-${file}.js?v=build:version`);
    document.head.append(script);
    script.remove();
  };
  if (!(name in parts)) asked[file] ??= new Promise((resolve) => load(resolve, 1000));
  return Promise.resolve(asked[file]).then(() => parts[name]);
}
