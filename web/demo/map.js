// A map drawn from the outlines: tap to choose a place, or find a kelurahan by name.
import * as api from "./api.js";
import { el, icon, svg } from "./dom.js";

const unit = 1e4; // of the paths: 1/10000 degree, longitude to the right, latitude down

let packs = null;
let boxes = null; // ward -> {x, y, w, h}

async function load() {
  if (packs) return;
  packs = await api.map();
  boxes = new Map(packs.flatMap((pack) => pack.wards.map((ward) => [ward, box_of(ward.d)])));
}

// The path counts in relative steps: "M x y l dx dy dx dy … z".
function box_of(path) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of path.split("z")) {
    const numbers = ring.match(/-?\d+/g);
    if (!numbers) continue;
    let [x, y] = [0, 0];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      x += Number(numbers[i]);
      y += Number(numbers[i + 1]);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

const around = (list) => {
  const left = Math.min(...list.map((b) => b.x));
  const top = Math.min(...list.map((b) => b.y));
  return { x: left, y: top, w: Math.max(...list.map((b) => b.x + b.w)) - left, h: Math.max(...list.map((b) => b.y + b.h)) - top };
};

// Every kecamatan of a pack: its name and the box that holds its wards.
function districts_of(pack) {
  const wards = new Map();
  for (const ward of pack.wards) {
    const name = ward.name.split("Kec. ")[1].split(",")[0];
    if (!wards.has(name)) wards.set(name, []);
    wards.get(name).push(boxes.get(ward));
  }
  return [...wards].map(([name, inside]) => ({ name, box: around(inside) }));
}

const marker = (x, y, size) =>
  svg("path", { class: "marker", d: "M0 0C-5-7-7-9-7-13a7 7 0 0 1 14 0c0 4-2 6-7 13z", transform: `translate(${x} ${y}) scale(${size / 20})` });

// A picture of the surroundings, for a message that holds a pin.
export function small_map(pin) {
  const [x, y] = [pin.longitude * unit, -pin.latitude * unit];
  const [w, h] = [420, 210];
  const picture = svg("svg", { class: "outlines", viewBox: `${x - w / 2} ${y - h / 2} ${w} ${h}`, role: "img", "aria-label": "Peta kecil lokasi" });
  load().then(() => {
    for (const [ward, b] of boxes)
      if (b.x < x + w && b.x + b.w > x - w && b.y < y + h && b.y + b.h > y - h) picture.append(svg("path", { class: "ward", d: ward.d }));
    picture.append(marker(x, y, 50));
  });
  return picture;
}

class picker {
  // `near`: a name such as "Gadingrejo", the pack that holds it is shown first.
  constructor(dialog, near, done) {
    this.dialog = dialog;
    this.done = done;
    this.canvas = svg("svg", { class: "outlines", tabindex: "0", role: "application", "aria-label": "Peta. Panah menggeser, tambah dan kurang memperbesar, Enter menaruh pin di tengah." });
    this.where = el("output", { class: "where", "aria-live": "polite" });
    this.attribution = el("small");
    this.send = el("button", { class: "primary", type: "button", disabled: true, onclick: () => this.finish(this.chosen) }, "Kirim lokasi ini");
    this.search = el("input", { type: "search", list: "ward-names", placeholder: "Cari kelurahan atau desa", "aria-label": "Cari kelurahan atau desa", onchange: () => this.find() });
    this.names = el("datalist", { id: "ward-names" });
    this.areas = el("div", { class: "areas", role: "group", "aria-label": "Wilayah" });
    dialog.replaceChildren(
      el("header", {}, el("h2", { id: "map-title" }, "Pilih lokasi"), el("button", { type: "button", "aria-label": "Tutup", onclick: () => this.finish(null) }, icon("close"))),
      el("div", { class: "tools" }, this.areas, this.search, this.names),
      el(
        "div",
        { class: "frame" },
        this.canvas,
        el("div", { class: "zoom" },
          el("button", { type: "button", "aria-label": "Perbesar", onclick: () => this.zoom(0.6) }, icon("plus")),
          el("button", { type: "button", "aria-label": "Perkecil", onclick: () => this.zoom(1 / 0.6) }, icon("minus"))),
      ),
      el("footer", {}, this.where, this.send),
      this.attribution,
    );
    dialog.oncancel = (event) => (event.preventDefault(), this.finish(null));
    this.listen();
    this.where.textContent = "Ketuk tempatnya di peta.";
    for (const pack of packs) this.areas.append(el("button", { type: "button", onclick: () => this.show(pack) }, pack.name));
    dialog.showModal();
    this.show(packs.find((pack) => pack.wards.some((ward) => ward.name.endsWith(`Kec. ${near}`))) ?? packs[0]);
  }

  finish(result) {
    this.dialog.close();
    this.done(result);
  }

  show(pack) {
    for (const button of this.areas.children) button.setAttribute("aria-pressed", String(button.textContent === pack.name));
    this.pack = pack;
    this.attribution.textContent = pack.attribution;
    this.names.replaceChildren(...pack.wards.map((ward) => el("option", { value: ward.name })));
    this.canvas.replaceChildren(
      ...pack.wards.map((ward) => {
        const path = svg("path", { class: "ward", d: ward.d }, svg("title", {}, ward.name));
        path.ward = ward;
        return path;
      }),
      ...districts_of(pack).map(({ name, box }) => {
        const label = svg("text", { class: "district", x: box.x + box.w / 2, y: box.y + box.h / 2 }, name);
        label.room = box.w;
        return label;
      }),
    );
    this.chosen = null;
    this.send.disabled = true;
    // The kota is where most people live: its wards have codes like 35.75.…, those of a kabupaten like 35.14.….
    const city = pack.wards.filter((ward) => Number(ward.code.split(".")[1]) > 70);
    this.look(around((city.length > 0 ? city : pack.wards).map((ward) => boxes.get(ward))), 1.25);
  }

  look(box, room) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const scale = Math.max((box.w * room) / width, (box.h * room) / height, 0.05);
    this.view = { x: box.x + box.w / 2 - (width * scale) / 2, y: box.y + box.h / 2 - (height * scale) / 2, scale };
    this.apply();
  }

  apply() {
    const { x, y, scale } = this.view;
    this.canvas.setAttribute("viewBox", `${x} ${y} ${this.canvas.clientWidth * scale} ${this.canvas.clientHeight * scale}`);
    // Names keep their size on the screen, and wait until there is room for them.
    for (const label of this.canvas.querySelectorAll(".district")) {
      label.setAttribute("font-size", 13 * scale);
      label.toggleAttribute("hidden", label.room / scale < label.textContent.length * 9);
    }
    this.mark();
  }

  mark() {
    this.canvas.querySelector(".marker")?.remove();
    if (this.chosen) this.canvas.append(marker(this.chosen.longitude * unit, -this.chosen.latitude * unit, this.view.scale * 34));
  }

  zoom(factor, at = { x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 }) {
    const scale = Math.min(Math.max(this.view.scale * factor, 0.05), 40);
    this.view.x += at.x * (this.view.scale - scale);
    this.view.y += at.y * (this.view.scale - scale);
    this.view.scale = scale;
    this.apply();
  }

  choose(x, y, ward) {
    this.chosen = { longitude: x / unit, latitude: -y / unit };
    this.where.textContent = ward?.name ?? "Di luar wilayah yang dilayani";
    this.send.disabled = false;
    for (const path of this.canvas.querySelectorAll(".ward")) path.classList.toggle("chosen", path.ward === ward);
    this.mark();
  }

  find() {
    const ward = this.pack.wards.find((one) => one.name.toLowerCase() === this.search.value.toLowerCase());
    if (!ward) return;
    const box = boxes.get(ward);
    this.look(box, 4);
    // The middle of the box may lie beside a bent ward: then the place of its border nearest to it is good enough.
    const path = [...this.canvas.querySelectorAll(".ward")].find((one) => one.ward === ward);
    const middle = new DOMPoint(box.x + box.w / 2, box.y + box.h / 2);
    const inside = path.isPointInFill(middle) ? middle : path.getPointAtLength(1);
    this.choose(inside.x, inside.y, ward);
  }

  listen() {
    const pointers = new Map();
    let moved = 0;
    const local = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return { x: event.clientX - box.x, y: event.clientY - box.y };
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      pointers.set(event.pointerId, local(event));
      moved = 0;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = local(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (moved > 6) this.canvas.setPointerCapture(event.pointerId);
      if (other) {
        const distance = (p) => Math.max(Math.hypot(p.x - other.x, p.y - other.y), 1);
        this.zoom(distance(before) / distance(now), other);
      } else if (moved > 6) {
        this.view.x -= (now.x - before.x) * this.view.scale;
        this.view.y -= (now.y - before.y) * this.view.scale;
        this.apply();
      }
      pointers.set(event.pointerId, now);
    });
    const lift = (event) => {
      if (!pointers.delete(event.pointerId) || moved > 6 || event.type === "pointercancel") return;
      const at = local(event);
      this.choose(this.view.x + at.x * this.view.scale, this.view.y + at.y * this.view.scale, event.target.ward);
    };
    this.canvas.addEventListener("pointerup", lift);
    this.canvas.addEventListener("pointercancel", lift);
    this.canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, local(event));
    }, { passive: false });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = 60 * this.view.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key in moves) {
      this.view.x += moves[event.key][0];
      this.view.y += moves[event.key][1];
      this.apply();
    } else if (event.key === "+" || event.key === "=") this.zoom(0.6);
    else if (event.key === "-") this.zoom(1 / 0.6);
    else if (event.key === "Enter") {
      const x = this.view.x + (this.canvas.clientWidth / 2) * this.view.scale;
      const y = this.view.y + (this.canvas.clientHeight / 2) * this.view.scale;
      const under = [...this.canvas.querySelectorAll(".ward")].find((path) => path.isPointInFill(new DOMPoint(x, y)));
      this.choose(x, y, under?.ward);
    } else return;
    event.preventDefault();
  }
}

// The place that the person chose, null when they changed their mind.
export async function ask_for_pin(near) {
  await load();
  return new Promise((resolve) => new picker(document.getElementById("map"), near, resolve));
}
