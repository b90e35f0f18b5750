// One chat on somebody's phone: its messages, and what its owner can do.
import * as api from "./api.js";
import { el, icon } from "./dom.js";
import { ask_for_pin, small_map } from "./map.js";
import * as words from "./words.js";

const typed_files = { photo: "image/jpeg,image/png,image/webp", voice: "audio/*" };

export const names = new Map(); // of all people, by id
export const duty = { near: "" }; // the kecamatan of their Polsek, for the map

export class chat {
  constructor(person) {
    this.person = person;
    this.shown = new Map(); // id -> list item
    this.unread = 0;
    this.messages = el("ol", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "Percakapan", tabindex: "0" });
    this.title = el("strong");
    this.subtitle = el("span");
    this.examples = el("div", { class: "examples" });
    this.keyboard = el("div", { class: "keyboard", hidden: true });
    this.sheet = el("div", { class: "sheet", hidden: true });
    this.fault = el("p", { class: "fault", role: "alert", hidden: true });
    this.root = el(
      "section",
      { class: `chat ${person.via} ${person.part}`, id: `chat-${person.id}` },
      el("header", {}, el("img", { src: "/demo/logo.svg", alt: "", width: 36, height: 36 }), el("div", {}, this.title, this.subtitle)),
      this.messages,
      this.examples,
      this.fault,
      this.keyboard,
      this.composer(),
      this.sheet,
    );
    if (person.part === "resident") this.offer_examples();
    this.name(person);
  }

  name(person) {
    this.person = person;
    const group = person.part === "group";
    this.title.textContent = group ? person.name : "Kentongan";
    this.subtitle.textContent = group ? "grup: petugas unit dan Kentongan" : person.via === "telegram" ? "bot" : "akun bisnis";
    this.root.setAttribute("aria-label", `${person.name}, ${words.parts[person.part]}, ${words.platforms[person.via]}`);
    this.field.setAttribute("aria-label", group ? `Tulis di ${person.name}` : `Tulis sebagai ${person.name}`);
  }

  // ---- what its owner can do ----

  composer() {
    this.field = el("textarea", {
      rows: 1, maxlength: 4096, placeholder: "Tulis pesan", autocomplete: "off",
      oninput: () => this.grow(),
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        form.requestSubmit();
      },
    });
    const form = el(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          const text = this.field.value.trim();
          if (text === "") return;
          this.field.value = "";
          this.grow();
          this.try(api.say(this.person.id, text));
        },
      },
      this.person.part === "resident" ? this.attachments() : null,
      this.field,
      el("button", { class: "send", type: "submit", "aria-label": "Kirim pesan" }, icon("send")),
    );
    return form;
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 110)}px`;
  }

  attachments() {
    const menu = el("div", { class: "menu", hidden: true });
    const opener = el("button", { type: "button", class: "clip", "aria-label": "Lampiran", "aria-expanded": "false", onclick: () => show(menu.hidden) }, icon("clip"));
    const show = (open) => {
      menu.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
      if (open) menu.querySelector("button").focus();
    };
    const entry = (name, label, action) => el("button", { type: "button", onclick: () => (show(false), action()) }, icon(name), label);
    menu.append(
      entry("pin", "Lokasi", () => this.send_pin()),
      entry("photo", "Foto", () => this.pick("photo")),
      entry("voice", "Suara", () => this.pick("voice")),
      entry("bulb", "Contoh pesan", () => this.offer_examples()),
    );
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") (show(false), opener.focus());
    });
    document.addEventListener("click", (event) => {
      if (!menu.hidden && !menu.contains(event.target) && !opener.contains(event.target)) show(false);
    });
    return [opener, menu];
  }

  async send_pin() {
    const where = await ask_for_pin(duty.near);
    if (where) this.try(api.pin(this.person.id, where.latitude, where.longitude));
  }

  pick(kind) {
    const input = el("input", {
      type: "file", accept: typed_files[kind],
      onchange: () => input.files.length > 0 && this.try(api.send_file(this.person.id, input.files[0])),
    });
    input.click();
  }

  offer_examples() {
    this.examples.replaceChildren(
      el("p", {}, "Coba kirim"),
      ...words.examples.map((text) =>
        el("button", { type: "button", onclick: () => (this.examples.replaceChildren(), this.try(api.say(this.person.id, text))) }, text),
      ),
    );
  }

  async try(action) {
    this.fault.hidden = true;
    try {
      await action;
    } catch (error) {
      this.fault.textContent = error.message;
      this.fault.hidden = false;
    }
  }

  // ---- what it shows ----

  // Returns how many of the messages are news to its owner.
  take(messages) {
    const at_end = this.messages.scrollHeight - this.messages.scrollTop - this.messages.clientHeight < 60;
    let fresh = 0;
    for (const m of messages) {
      const item = this.draw(m);
      const before = this.shown.get(m.id);
      if (before) before.replaceWith(item);
      else {
        this.messages.append(item);
        if (m.from === "") fresh += 1;
      }
      this.shown.set(m.id, item);
      if (!before) this.newest(m);
    }
    if (at_end || messages.some((m) => m.from !== "" && m.state === "sending")) this.to_end();
    return fresh;
  }

  newest(m) {
    if (m.from !== "") this.examples.replaceChildren();
    const asks = this.person.via === "telegram" && m.from === "" && m.ask !== "";
    this.keyboard.hidden = !asks;
    this.keyboard.replaceChildren(
      ...(asks ? [el("button", { type: "button", onclick: () => this.send_pin() }, icon("pin"), m.ask)] : []),
    );
  }

  to_end() {
    this.messages.scrollTop = this.messages.scrollHeight;
  }

  draw(m) {
    const own = m.from !== "";
    const buttons = this.buttons(m);
    const inside = this.person.via === "whatsapp";
    return el(
      "li",
      { class: own ? "out" : "in" },
      el(
        "div",
        { class: "bubble" },
        this.person.part === "group" ? el("b", { class: "author" }, names.get(m.from) ?? "Kentongan") : null,
        m.file ? this.file(m) : null,
        m.pin ? this.place(m.pin) : null,
        el(
          "p",
          {},
          m.text.map((piece) => (piece.b ? el("b", {}, piece.t) : piece.t)),
          this.meta(m, own),
        ),
        inside ? buttons : null,
      ),
      inside ? null : buttons,
    );
  }

  meta(m, own) {
    const marks = {
      sending: ["clock", "sedang dikirim"],
      sent: ["tick", "terkirim"],
      delivered: ["ticks", "diterima"],
      read: ["ticks", "dibaca"],
      failed: ["alert", "tidak terkirim"],
    };
    const mark = own ? marks[m.state] : undefined;
    return el(
      "span",
      { class: "meta" },
      m.edited ? el("i", {}, "diedit") : null,
      el("time", { datetime: new Date(m.at).toISOString() }, words.hour(m.at)),
      mark ? el("span", { class: `mark ${m.state}`, role: "img", "aria-label": mark[1] }, icon(mark[0])) : null,
    );
  }

  file(m) {
    const source = api.file_url(m.file);
    if (m.type.startsWith("image/")) return el("img", { class: "picture", src: source, alt: "Foto yang dikirim" });
    if (m.type === "application/pdf")
      return el("a", { class: "document", href: source, target: "_blank", rel: "noopener" }, el("b", {}, "PDF"), el("span", {}, m.name));
    return el("audio", { controls: true, preload: "none", src: source, "aria-label": "Pesan suara" });
  }

  place(pin) {
    return el(
      "figure",
      { class: "place" },
      small_map(pin),
      el("figcaption", {}, `${pin.latitude.toFixed(4)}, ${pin.longitude.toFixed(4)}`),
    );
  }

  buttons(m) {
    const press = (b) => this.try(api.tap(this.person.id, m.id, b.data));
    const key = (b) => el("button", { type: "button", onclick: () => press(b) }, this.person.via === "whatsapp" ? icon("reply") : null, b.label);
    if (m.opener) {
      const open = el("button", { type: "button", onclick: () => this.open_sheet(m, press, open) }, icon("list"), m.opener);
      return el("div", { class: "keys" }, el("div", {}, open));
    }
    const rows = m.rows.map((row) => el("div", {}, row.map(key)));
    if (m.ask !== "" && this.person.via === "whatsapp")
      rows.push(el("div", {}, el("button", { type: "button", onclick: () => this.send_pin() }, icon("pin"), m.ask)));
    return rows.length > 0 ? el("div", { class: "keys" }, rows) : null;
  }

  // WhatsApp's list: a sheet over the chat.
  open_sheet(m, press, opener) {
    const close = () => {
      this.sheet.hidden = true;
      opener.focus();
    };
    this.sheet.replaceChildren(
      el(
        "div",
        { role: "dialog", "aria-label": m.opener, onkeydown: (event) => event.key === "Escape" && close() },
        el("header", {}, el("b", {}, m.opener), el("button", { type: "button", "aria-label": "Tutup", onclick: close }, icon("close"))),
        ...m.rows.flat().map((b) => el("button", { type: "button", onclick: () => (close(), press(b)) }, b.label, el("i"))),
      ),
    );
    this.sheet.hidden = false;
    this.sheet.querySelector("button:not([aria-label])").focus();
  }
}
