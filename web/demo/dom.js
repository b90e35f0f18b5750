// Building elements. Text goes in as text nodes only, so nothing that a person writes can become markup.

const svg_space = "http://www.w3.org/2000/svg";

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const el = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);
export const svg = (tag, properties = {}, ...children) => fill(document.createElementNS(svg_space, tag), properties, children);

const drawings = {
  clip: "M8 12.5 14.6 6a3.3 3.3 0 0 1 4.7 4.7l-8.6 8.5a5.5 5.5 0 0 1-7.8-7.8L11 3.4",
  send: "M4 11.5 20 4l-5.5 16-3-6.5zM11.5 13.5 20 4",
  pin: "M12 21s7-6.6 7-11.6A7 7 0 0 0 5 9.4C5 14.4 12 21 12 21zM12 12a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  photo: "M4 6h4l1.5-2h5L16 6h4a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM12 16a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2z",
  voice: "M12 15a3.2 3.2 0 0 0 3.2-3.2V6.2a3.2 3.2 0 0 0-6.4 0v5.6A3.2 3.2 0 0 0 12 15zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  bulb: "M9 18h6M10 21h4M12 3a6.2 6.2 0 0 0-3.8 11.1c.6.5.8 1.2.8 1.9h6c0-.7.2-1.4.8-1.9A6.2 6.2 0 0 0 12 3z",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  reply: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  tick: "M5 12.5 10 17.5 19 7",
  ticks: "M2.5 12.5 7 17 15.5 7.5M11.5 16.5l.5.5L21 7.5",
  clock: "M12 7v5l3 2M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  alert: "M12 8v5M12 16.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
};

export const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: drawings[name] }));
