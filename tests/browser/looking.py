"""What eyes and fingers stumble over, found by looking at a chat: functions to evaluate on its element."""

FAINT_TEXTS = """
(chat) => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3]));
  const luminance = (colour) => colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at instanceof Element; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const faint = [];
  for (const node of chat.shadowRoot.querySelectorAll("*")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || node.closest(".unseen, :disabled, style")) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const behind = ground(node);
    const text = over(rgba(getComputedStyle(node).color), behind);
    const [light, dark] = [luminance(text), luminance(behind)].sort((one, other) => other - one);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.push(`${node.className}: ${node.textContent.trim()} ${contrast.toFixed(2)}`);
  }
  return faint;
}
"""
"""Texts with less contrast than 4.5 to 1 (WCAG 2.2, 1.4.3)."""

SMALL_TARGETS = """
(chat) => [...chat.shadowRoot.querySelectorAll("button, a, input, textarea, select")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && !node.closest("p"))
  .map((node) => [node.textContent || node.className, node.getBoundingClientRect()])
  .filter(([, box]) => Math.round(box.width) < 44 || Math.round(box.height) < 44)
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)
"""
"""What can be pressed and is smaller than 44 pixels; links within sentences aside (WCAG 2.2, 2.5.8)."""
