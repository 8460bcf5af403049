/* global document, getComputedStyle */
// Runs inside a page, sent as text: gives everything that is wrong with the page as it is shown, in words.
(() => {
  /** WCAG 2.2, success criterion 1.4.3. */
  const LEAST_CONTRAST = 4.5;
  const TEXT_NODE = 3;
  const MOST = 10;
  const faults = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  const named = (element) => element.outerHTML.slice(0, 120);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not exactly one h1");
  if (root.scrollWidth > width) faults.push(`scrolls sideways: ${root.scrollWidth} > ${width}`);
  const visible = [...document.body.querySelectorAll("*")].filter(
    (element) => element.closest("svg, .sr-only, .skipnav") === null && element.getClientRects().length > 0,
  );
  // The body cuts off what is too wide, so that it must be looked for.
  for (const element of visible) {
    const { right, left } = element.getBoundingClientRect();
    if (right > width + 1 || left < -1) faults.push(`beyond the screen: ${named(element)}`);
  }

  const channels = (colour) => (colour.match(/[\d.]+/gu) ?? []).map(Number);
  const light = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    if (element === null) return "rgb(255, 255, 255)";
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
  };
  for (const element of visible) {
    const nodes = [...element.childNodes];
    if (!nodes.some((node) => node.nodeType === TEXT_NODE && node.textContent.trim() !== "")) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < LEAST_CONTRAST) faults.push(`contrast ${contrast.toFixed(2)}: ${named(element)}`);
  }

  const foreign = "script, img, iframe, object, embed, base, form, [style], [onload], [onerror]";
  for (const element of document.querySelectorAll(foreign)) faults.push(`must not be there: ${named(element)}`);
  return [...new Set(faults)].slice(0, MOST);
})();
